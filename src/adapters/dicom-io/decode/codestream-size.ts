/** What a compressed frame says of itself, to be held against the DICOM header before decoding. */
export interface CodestreamSize {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
  /** Second byte of the JPEG frame marker, e.g. 0xc3 for lossless; undefined for JPEG 2000. */
  readonly frameMarker?: number;
}

const view = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether a marker stands alone, without a length (ITU-T T.81 B.1.1.3). */
const standsAlone = (marker: number): boolean =>
  marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** SOF0-15 of T.81 without DHT, JPG and DAC, and SOF55 of JPEG-LS (T.87). */
const isFrameMarker = (marker: number): boolean =>
  marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker));

/** The frame header of a JPEG or JPEG-LS stream; undefined where there is none. */
export const jpegSize = (bytes: Uint8Array): CodestreamSize | undefined => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const data = view(bytes);
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (standsAlone(marker)) at += 2;
    else if (isFrameMarker(marker)) {
      if (at + 10 > bytes.length) return undefined;
      return {
        frameMarker: marker,
        precision: data.getUint8(at + 4),
        rows: data.getUint16(at + 5),
        columns: data.getUint16(at + 7),
        components: data.getUint8(at + 9),
      };
    } else {
      const length = data.getUint16(at + 2);
      if (length < 2) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
};

/** Offset of the codestream: 0, or behind the boxes of a JP2 file that was stored whole. */
export const codestreamStart = (data: DataView): number => {
  if (data.byteLength < 12 || data.getUint32(4) !== 0x6a502020) return 0;
  let at = 0;
  while (at + 8 <= data.byteLength) {
    const length = data.getUint32(at);
    if (data.getUint32(at + 4) === 0x6a703263) return at + 8;
    if (length < 8) return 0;
    at += length;
  }
  return 0;
};

const PROCESSES: Readonly<Record<number, string>> = {
  0xc2: '12-bit progressive JPEG',
  0xc9: 'arithmetic JPEG',
  0xca: 'arithmetic progressive JPEG',
  0xcb: 'arithmetic lossless JPEG',
};

/** The name of a JPEG process (ITU-T T.81 table B.1) that no decoder here knows; of 8 bits all are known. */
export const unknownProcess = ({ frameMarker, precision }: CodestreamSize): string | undefined =>
  frameMarker !== undefined && precision > 8 ? PROCESSES[frameMarker] : undefined;

/** Samples of a component between two places of the reference grid, one every `step` (T.800 B.2). */
const between = (from: number, to: number, step: number): number =>
  Math.ceil(to / step) - Math.ceil(from / step);

/**
 * The SIZ segment of a JPEG 2000 codestream (ITU-T T.800 A.5.1); undefined where there is none, or where its
 * components are of several sizes. OpenJPH was seen to search for ever where one has few rows on a large grid.
 */
export const jpeg2000Size = (bytes: Uint8Array): CodestreamSize | undefined => {
  const data = view(bytes);
  const at = codestreamStart(data);
  if (at + 45 > bytes.length || data.getUint32(at) !== 0xff4fff51) return undefined;
  const components = data.getUint16(at + 40);
  const steps = Array.from({ length: components }, (_, i) => at + 43 + 3 * i).map((place) =>
    place + 2 <= bytes.length ? data.getUint16(place) : 0,
  );
  const [step = 0] = steps;
  const [across, down] = [step >> 8, step & 0xff];
  if (across === 0 || down === 0 || steps.some((other) => other !== step)) return undefined;
  return {
    columns: between(data.getUint32(at + 16), data.getUint32(at + 8), across),
    rows: between(data.getUint32(at + 20), data.getUint32(at + 12), down),
    components,
    precision: (data.getUint8(at + 42) & 0x7f) + 1,
  };
};
