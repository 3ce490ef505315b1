import { createRequire } from 'node:module';

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
}

interface Encoder {
  getDecodedBuffer(info: FrameInfo): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  setNearLossless(near: number): void;
  encode(): void;
  delete(): void;
}

interface Charls {
  readonly JpegLSEncoder: new () => Encoder;
}

// A CommonJS package without types.
const require = createRequire(import.meta.url);

let loading: Promise<Charls> | undefined;

/** JPEG-LS lossless (ITU-T T.87) of one grey frame with `bits` significant bits a sample. */
export const encodeJpegLs = async (
  pixels: Uint16Array,
  columns: number,
  rows: number,
  bits: number,
): Promise<Uint8Array> => {
  loading ??= (require('@cornerstonejs/codec-charls') as () => Promise<Charls>)();
  const { JpegLSEncoder } = await loading;
  const encoder = new JpegLSEncoder();
  try {
    const input = encoder.getDecodedBuffer({
      width: columns,
      height: rows,
      bitsPerSample: bits,
      componentCount: 1,
    });
    input.set(new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
    encoder.setNearLossless(0);
    encoder.encode();
    return encoder.getEncodedBuffer().slice();
  } finally {
    encoder.delete();
  }
};
