/** A date as the standard writes it, "20240110": separators are from before it, and from other programs. */
export const plainDate = (date: string): string =>
  /^0*$/.test(date) ? '' : date.replace(/^(\d{4})[-./ ](\d{2})[-./ ](\d{2})$/, '$1$2$3');

/** A DICOM date (VR DA) as it is read: "2024-01-10". What is no such date stays as it is. */
export const isoDate = (da: string): string => da.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
