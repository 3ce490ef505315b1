import { generationOf } from './person-name.ts';
import { plainText } from './plain-text.ts';

/** What tells patients apart (PS3.3 C.7.1.1): an ID counts only together with who gave it out. */
export interface PatientIdentity {
  readonly patientId: string;
  /** IssuerOfPatientID (0010,0021). */
  readonly issuerOfPatientId: string;
  /** A DICOM person name. */
  readonly personName: string;
  /** YYYYMMDD. */
  readonly patientBirthDate: string;
}

/** What two identities contradict each other in. */
export type Contradiction = 'ID' | 'issuer' | 'name' | 'birth date';

/** IDs that stand for none: a device writes them for everybody whom it does not know. */
const NO_ID =
  /^(?:0+|X+|-+|\.+|\?+|N\/?A|NONE|NULL|NIL|UNKNOWN|UNDEFINED|NO ?ID|ANON(?:YM(?:OUS|I[SZ]ED|E)?)?)$/;

/** The ID for comparing, upper case and without what is not seen; '' where it names nobody. */
export const comparableId = (patientId: string): string => {
  const id = plainText(patientId).toUpperCase();
  return NO_ID.test(id) ? '' : id;
};

/** Letters and digits of a text, without accents and case. */
const bare = (text: string): string =>
  plainText(text)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const clash = (a: string, b: string): boolean => a !== '' && b !== '' && a !== b;

/** Whether the shorter one may stand for the other: "J" for "JANE", "ANNE" for "ANNE MARIE". */
const isShortFor = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(`${short} `) || (short.length === 1 && long.startsWith(short));
};

const words = (text: string): string =>
  bare(text)
    .split(' ')
    .filter((word) => word !== '')
    .sort()
    .join(' ');

const groupsClash = (a: string, b: string): boolean => {
  if (words(a) === words(b)) return false;
  const [one, other] = [a, b].map((group) => group.split('^').map(bare)) as [string[], string[]];
  const part = (name: string[], at: number): string => name[at] ?? '';
  const differs = (at: number) => clash(part(one, at), part(other, at));
  const given = differs(1) && !isShortFor(part(one, 1), part(other, 1));
  const middle = differs(2) && !isShortFor(part(one, 2), part(other, 2));
  const generation = clash(
    bare(generationOf(a.split('^')[4] ?? '')),
    bare(generationOf(b.split('^')[4] ?? '')),
  );
  return differs(0) || given || middle || generation;
};

/**
 * Names contradict where a component group that both have (alphabetic, ideographic, phonetic) names
 * two persons: case, accents, order and missing or shortened parts do not count, a suffix does.
 */
const namesClash = (a: string, b: string): boolean => {
  const [one, other] = [a.split('='), b.split('=')];
  return one.some((group, i) => {
    const its = other[i] ?? '';
    return bare(group) !== '' && bare(its) !== '' && groupsClash(group, its);
  });
};

const digits = (date: string): string => {
  const all = date.replace(/\D/g, '');
  return /^0*$/.test(all) ? '' : all;
};

/** Whether two dates name two days; a year, or a year and month, may be of any day in it ("1960", "19600000"). */
const datesClash = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((date) => {
    const all = digits(date);
    return all.length === 8 ? all.replace(/(?:00){1,2}$/, '') : all;
  }) as [string, string];
  return !one.startsWith(other) && !other.startsWith(one);
};

/** In what two identities contradict each other; [] where they may be one person. What is missing contradicts nothing. */
export const contradictions = (
  a: PatientIdentity,
  b: PatientIdentity,
): readonly Contradiction[] => [
  ...(comparableId(a.patientId) === comparableId(b.patientId) ? [] : (['ID'] as const)),
  ...(clash(bare(a.issuerOfPatientId), bare(b.issuerOfPatientId)) ? (['issuer'] as const) : []),
  ...(namesClash(a.personName, b.personName) ? (['name'] as const) : []),
  ...(datesClash(a.patientBirthDate, b.patientBirthDate) ? (['birth date'] as const) : []),
];
