import type { LesionsStore } from './lesions-store.ts';
import { examOnShow, type OpenExam } from './open-exams.ts';
import type { ExamSecondLook, SecondLookStore } from './second-look-store.ts';
import { shownFindings, type ShownFinding } from './shown-findings.ts';
import type { StudiesStore } from './studies-store.ts';
import type { ViewerStore } from './viewer-store.ts';

interface Stores {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly secondLook: SecondLookStore;
}

/** The exam on show with its second look; undefined where it has none. */
export const lookOnShow = ({
  studies,
  secondLook,
}: Pick<Stores, 'studies' | 'secondLook'>):
  { readonly exam: OpenExam; readonly look: ExamSecondLook } | undefined => {
  const exam = examOnShow(studies.getState());
  const look = exam && secondLook.getState().exams[exam.key];
  return exam && look && { exam, look };
};

/** The findings of the exam on show that the reader may see now. */
export const findingsOnShow = (stores: Stores): readonly ShownFinding[] => {
  const { studies, lesions, secondLook } = stores;
  const exam = examOnShow(studies.getState());
  if (!exam) return [];
  const { images } = studies.getState();
  return shownFindings(secondLook.getState(), exam.key, lesions.getState().lesions, images);
};

/** The finding that is looked at, while it may be seen. */
export const chosenFinding = (
  stores: Stores & { readonly viewer: ViewerStore },
): ShownFinding | undefined => {
  const { finding: id } = stores.viewer.getState();
  return id === undefined ? undefined : findingsOnShow(stores).find((each) => each.id === id);
};

/** Its boxes, by SOP Instance UID. */
export const boxesOf = ({ marks }: Pick<ShownFinding, 'marks'>) =>
  Object.fromEntries(marks.map(({ sopInstanceUid, box }) => [sopInstanceUid, box]));

/** Whether accepting it adds a mark: it is no lesion yet, or the reader's lesion lacks one of its views. */
export const addsMarks = ({ answer, agreesWith, marks }: ShownFinding): boolean => {
  const lesion = answer.kind === 'accepted' ? answer.lesion : agreesWith;
  return !lesion || marks.some(({ sopInstanceUid }) => !(sopInstanceUid in lesion.marks));
};
