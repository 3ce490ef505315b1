/** How the elements of a data set are written (PS3.5 7.1, 7.3). */
export type Encoding = 'implicit-little' | 'explicit-little' | 'explicit-big';

const VRS = new Set(
  [
    'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR',
    'US UT UV',
  ].flatMap((line) => line.split(' ')),
);

const LONG_FORM = new Set('OB OD OF OL OV OW SQ SV UC UN UR UT UV'.split(' '));

/** Whether two bytes are a value representation that the standard knows. */
export const vrAt = (bytes: Uint8Array, at: number): string | undefined => {
  const vr = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return VRS.has(vr) ? vr : undefined;
};

/** Whether the length of an explicit element stands in four bytes behind two reserved ones (7.1.2). */
export const hasLongForm = (vr: string): boolean => LONG_FORM.has(vr);

/** Data sets of images begin in group 0008, indexes in 0004; groups of the patient next. */
const isFirstGroup = (group: number): boolean =>
  group >= 0x0004 && group <= 0x0020 && group % 2 === 0;

const UNDEFINED_LENGTH = 0xffffffff;

/**
 * The encoding of the data set that begins at `at`, by its first element and whatever the file says
 * of it; undefined where no data set begins there, as when it is deflated.
 */
export const encodingAt = (bytes: Uint8Array, at: number): Encoding | undefined => {
  if (at + 8 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8);
  const [little, big] = [view.getUint16(0, true), view.getUint16(0, false)];
  const isExplicit = vrAt(bytes, at + 4) !== undefined;
  if (isFirstGroup(big) && isExplicit && !isFirstGroup(little)) return 'explicit-big';
  if (!isFirstGroup(little)) return undefined;
  if (isExplicit) return 'explicit-little';
  const length = view.getUint32(4, true);
  const fits = length === UNDEFINED_LENGTH || at + 8 + length <= bytes.length;
  return fits ? 'implicit-little' : undefined;
};
