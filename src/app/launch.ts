/** What another program asks to be shown, by the address that it opens. */
export interface Launch {
  readonly studyInstanceUids: readonly string[];
  readonly accessionNumbers: readonly string[];
  /** Those of one patient are one; several open nothing. */
  readonly patientIds: readonly string[];
  /** First and last day as yyyy-mm-dd, or '', and how many studies: of a patient whose studies are not named. */
  readonly from: string;
  readonly to: string;
  readonly mostRecent: number | undefined;
}

/** What the page itself reads of its address. */
const OWN_KEYS = ['backend', 'demo', 'diagnostics', 'pack'];
/** OHIF, IHE Invoke Image Display and Stone Web Viewer. */
const STUDY_KEYS = ['studyinstanceuids', 'studyuid', 'study'];

/** An ID of HL7's form CX: the ID alone, without its assigning authority. */
const idOf = (value: string): string => value.split('^')[0] ?? '';

/** The day of an ISO 8601 date and time as yyyy-mm-dd, or ''. */
const dayOf = (moment: string): string =>
  /^(\d{4})-?(\d\d)-?(\d\d)/.exec(moment)?.slice(1).join('-') ?? '';

const distinct = (values: readonly string[]): readonly string[] => [
  ...new Set(values.map((value) => value.trim()).filter(Boolean)),
];

/**
 * Takes a launch out of an address, its parameters in any capitals (those of IHE: RAD-106). `rest` is what
 * the page itself reads: all else may name a patient, which belongs neither in the address bar nor in the
 * history.
 */
export const takeLaunch = (
  parameters: URLSearchParams,
): { readonly launch: Launch | undefined; readonly rest: URLSearchParams } => {
  const all = [...parameters];
  const given = (...keys: readonly string[]) =>
    all.filter(([name]) => keys.includes(name.toLowerCase())).map(([, value]) => value.trim());
  const listed = (...keys: readonly string[]) =>
    distinct(given(...keys).flatMap((value) => value.split(/[,\\]/)));
  const [mostRecent = ''] = given('mostrecentresults');
  const launch = {
    studyInstanceUids: listed(...STUDY_KEYS),
    accessionNumbers: listed('accessionnumber'),
    patientIds: distinct(given('patientid').map(idOf)),
    from: dayOf(given('lowerdatetime')[0] ?? ''),
    to: dayOf(given('upperdatetime')[0] ?? ''),
    mostRecent: /^[1-9]\d*$/.test(mostRecent) ? Number(mostRecent) : undefined,
  };
  const { studyInstanceUids, accessionNumbers, patientIds } = launch;
  const asks = [studyInstanceUids, accessionNumbers, patientIds].some(({ length }) => length > 0);
  return {
    launch: asks ? launch : undefined,
    rest: new URLSearchParams(all.filter(([name]) => OWN_KEYS.includes(name))),
  };
};
