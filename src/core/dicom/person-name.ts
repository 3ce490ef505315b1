/**
 * A DICOM person name (PN, PS3.5 6.2.1) for people: "Family, Given Middle Suffix" of the first
 * component group that is filled. The suffix stays, for Jr and Sr are two persons; the prefix is left
 * out.
 */
export const formatPersonName = (pn: string): string => {
  const group = pn.split('=').find((g) => g.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = '', , suffix = ''] = group
    .split('^')
    .map((part) => part.trim());
  const rest = [given, middle, suffix].filter((part) => part !== '').join(' ');
  return [family, rest].filter((part) => part !== '').join(', ');
};
