/** Suffixes that tell generations of one name apart; degrees come and go. */
const GENERATION =
  /^(?:JR|JNR|JUNIOR|SR|SNR|SENIOR|FILHO|NETO|FILS|PERE|PÈRE|HIJO|[IVX]{1,4}|1ST|2ND|3RD|4TH|5TH)\.?$/i;

/** "Jr" of "Jr MD"; '' where there is none. */
export const generationOf = (suffix: string): string =>
  suffix
    .split(/[\s,]+/)
    .filter((word) => GENERATION.test(word))
    .join(' ');

/**
 * A DICOM person name (PN, PS3.5 6.2.1) for people: "Family, Given Middle Jr" of the first component
 * group that is filled. Jr and Sr stay, for they are two persons; prefix and degrees are left out.
 */
export const formatPersonName = (pn: string): string => {
  const group = pn.split('=').find((g) => g.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = '', , suffix = ''] = group
    .split('^')
    .map((part) => part.trim());
  const rest = [given, middle, generationOf(suffix)].filter((part) => part !== '').join(' ');
  return [family, rest].filter((part) => part !== '').join(', ');
};
