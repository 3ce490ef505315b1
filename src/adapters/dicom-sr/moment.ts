/** An instant in the forms of DICOM: DA, TM and the offset of PS3.3 C.12.1 (+HHMM). */
export interface Moment {
  readonly date: string;
  readonly time: string;
  readonly offset: string;
}

/** From ISO 8601 with an offset, which a report's createdAt has been checked to be. */
export const momentOf = (iso: string): Moment => {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,6})?)?\d*(Z|[+-]\d\d:?\d\d)$/.exec(iso);
  if (!parts) throw new Error(`not an ISO 8601 instant with an offset: ${iso}`);
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = parts;
  return {
    date: `${year}${month}${day}`,
    time: `${hour}${minute}${second}${fraction}`,
    offset: zone === 'Z' ? '+0000' : zone.replace(':', ''),
  };
};
