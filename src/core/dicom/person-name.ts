/**
 * A DICOM person name (PN, PS3.5 6.2.1) for people: "Family, Given Middle" of the first component
 * group that is filled. Prefix and suffix are left out.
 */
export const formatPersonName = (pn: string): string => {
  const group = pn.split('=').find((g) => g.replaceAll('^', '').trim() !== '') ?? '';
  const [family = '', given = '', middle = ''] = group.split('^').map((part) => part.trim());
  const first = [given, middle].filter((part) => part !== '').join(' ');
  return [family, first].filter((part) => part !== '').join(', ');
};
