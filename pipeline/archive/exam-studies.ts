import {
  comparableId,
  contradictions,
  type PatientIdentity,
} from '../../src/core/dicom/patient-identity.ts';

/** What an archive says of a study, and what tells whether another one is of the same exam. */
export interface StudyOfPatient extends PatientIdentity {
  readonly study: string;
  /** YYYYMMDD, or '' where it is not known. */
  readonly date: string;
}

/**
 * The studies of one exam, by the rule of the page (core/dicom/grouping.ts): of one day, and of patients with
 * an ID who do not contradict each other. `of` alone where its day or its patient's ID is not known.
 */
export const examStudies = (
  of: StudyOfPatient,
  others: readonly StudyOfPatient[],
): readonly string[] => {
  const isKnown = of.date !== '' && comparableId(of.patientId) !== '';
  const same = others.filter(
    (other) => isKnown && other.date === of.date && contradictions(of, other).length === 0,
  );
  return [...new Set([of.study, ...same.map(({ study }) => study)])].sort();
};
