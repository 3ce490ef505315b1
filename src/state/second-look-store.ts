import { createStore } from 'zustand/vanilla';
import {
  type ExamLook,
  isPartOf,
  type Finding,
  type FindingMark,
  type OperatingPoint,
} from '../core/finder/second-look.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { joinedWords } from '../core/lesion/look-words.ts';
import type {
  Dismissal,
  DismissalReason,
  LookDone,
  SaidOfExam,
  SeenImage,
} from '../core/lesion/second-reading.ts';
import { whyAway } from '../core/lesion/standing-marks.ts';
import type { Message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';
import { lesionsOnShow } from './current-score.ts';
import type { LesionsStore } from './lesions-store.ts';
import { type OpenExam, openExams } from './open-exams.ts';
import { acceptedAs, lesionAt } from './shown-findings.ts';

/** The finder of the pack, in words and numbers. */
export interface FinderInfo {
  /** "tandem-m2 0.4.0, finder 1": as it is named in reports. */
  readonly name: string;
  /** Tells its findings from those of another: part of their ids. */
  readonly key: string;
  /** Fewest false marks first. */
  readonly points: readonly OperatingPoint[];
  readonly defaultFalseMarks: number;
  /** What it cannot do, as the pack says it, in English. */
  readonly limits: readonly string[];
}

/** Whether there is a finder at all. */
export type FinderStatus =
  | { readonly phase: 'none'; readonly reason: Message }
  | { readonly phase: 'there'; readonly info: FinderInfo };

/** How far the look at an exam has come. */
export type LookPhase =
  /** The engine is not ready yet. */
  | { readonly name: 'waiting' }
  | { readonly name: 'looking'; readonly done: number; readonly total: number }
  /** All views were looked at, or are not to be. */
  | { readonly name: 'ready' }
  | { readonly name: 'failed'; readonly reason: Message };

/** What became of one view. */
export interface ViewLook {
  readonly sopInstanceUid: string;
  readonly pixels: PixelIdentity;
  readonly status: 'waiting' | 'looked' | 'not looked';
  /** Why it is not looked at. */
  readonly reason?: Message | undefined;
  /** What is to be said beside marks on it; none of it tells whether there are any. */
  readonly notes: readonly Message[];
}

/** The second look at one exam. */
export interface ExamSecondLook extends SaidOfExam {
  readonly phase: LookPhase;
  /** In the order of the exam's images. */
  readonly views: readonly ViewLook[];
  /** Of the images of `said` alone, and never here before: until then it is out of everybody's reach. */
  readonly look?: ExamLook | undefined;
}

export interface SecondLookState {
  readonly finder: FinderStatus;
  /** By OpenExam.key; without entries where there is no finder, or it is turned off. */
  readonly exams: Readonly<Record<string, ExamSecondLook>>;

  /**
   * The reader's own look at what is open of an exam is done: from now on the findings there are shown. Cannot
   * be unsaid. What opens later waits until it is said again.
   */
  sayLookDone(exam: string): void;
  chooseFalseMarks(exam: string, falseMarks: number): void;
  /**
   * Makes a lesion of a finding that is shown, with a box on each of its views, and selects it. Where
   * the reader has marked the place, that lesion gets the views that it lacks. Undefined where no image
   * of it is open.
   */
  accept(exam: string, findingId: string): Lesion | undefined;
  dismiss(exam: string, findingId: string, reason: DismissalReason): void;
  /** Takes a dismissal back. */
  reopen(exam: string, findingId: string): void;
  /** Tries again what failed. */
  lookAgain(): void;
}

/** The findings of some images of an exam, as if no others were open. */
export type FindAmong = (images: readonly SeenImage[]) => ExamLook;

/** What only those call that look at images and keep the reader's words. */
export interface SecondLookFeed {
  setFinder(finder: FinderStatus): void;
  /** What there is for exams that are open; exams that are not named are gone. */
  show(exams: Readonly<Record<string, Pick<ExamSecondLook, 'phase' | 'views'>>>): void;
  /** What there is to find in an exam, on those of its images that the reader has looked at. */
  found(exam: string, find: FindAmong): void;
  /**
   * Takes over what the reader said of an exam earlier, or in another tab: his first word stands and later ones
   * add images to it, his answers change.
   */
  adopt(exam: string, told: SaidOfExam): void;
}

export interface SecondLookSources {
  readonly lesions: LesionsStore;
  readonly images: () => readonly OpenImage[];
  readonly now: () => Date;
  readonly lookAgain?: () => void;
}

const without = (dismissals: readonly Dismissal[], finding: Finding): readonly Dismissal[] =>
  dismissals.filter((dismissal) => !isPartOf(finding, dismissal.finding));

/** Whether a mark is of one of these images, with these very pixels. */
const standsOn = (
  { sopInstanceUid, box, pixels }: FindingMark,
  images: readonly OpenImage[],
): boolean => {
  const image = images.find(({ header }) => header.sopInstanceUid === sopInstanceUid);
  return image !== undefined && whyAway(box, pixels, image) === undefined;
};

const lesionsOf = ({ images }: OpenExam, lesions: readonly Lesion[]): readonly Lesion[] =>
  lesionsOnShow(lesions, images).filter(({ marks }) =>
    images.some(({ header }) => header.sopInstanceUid in marks),
  );

export const createSecondLookStore = (finder: FinderStatus, sources: SecondLookSources) => {
  const { lesions, images, now } = sources;
  /** Out of reach: what they find is asked for of images that the reader has spoken of, and no others. */
  const finds = new Map<string, FindAmong>();
  const lookAmong = (exam: string, said: LookDone | undefined): ExamLook | undefined =>
    said && finds.get(exam)?.(said.images);

  const store = createStore<SecondLookState>()((set, get) => {
    const change = (exam: string, how: (before: ExamSecondLook) => Partial<ExamSecondLook>) =>
      set(({ exams }) => {
        const before = exams[exam];
        return before ? { exams: { ...exams, [exam]: { ...before, ...how(before) } } } : {};
      });
    const shownFinding = (exam: string, id: string): Finding | undefined =>
      get().exams[exam]?.look?.findings.find((finding) => finding.id === id);

    return {
      finder,
      exams: {},
      sayLookDone: (exam) => {
        const open = openExams(images()).find(({ key }) => key === exam);
        const { finder, exams } = get();
        const before = exams[exam];
        if (finder.phase !== 'there' || !open || !before) return;
        const word = {
          at: now().toISOString(),
          before: lesionsOf(open, lesions.getState().lesions),
          images: open.images.map(({ header, columns, rows, digest }) => ({
            sopInstanceUid: header.sopInstanceUid,
            pixels: { columns, rows, digest },
          })),
          falseMarks: before.falseMarks,
          finder: finder.info.name,
        };
        const said = joinedWords(before.said, word);
        if (said !== before.said) change(exam, () => ({ said, look: lookAmong(exam, said) }));
      },
      chooseFalseMarks: (exam, falseMarks) => {
        const { finder } = get();
        if (finder.phase !== 'there') return;
        if (finder.info.points.some((point) => point.falseMarks === falseMarks))
          change(exam, () => ({ falseMarks }));
      },
      accept: (exam, id) => {
        const { finder } = get();
        const finding = shownFinding(exam, id);
        const open = openExams(images()).find(({ key }) => key === exam);
        if (!finding || !open || finder.phase !== 'there') return undefined;
        const { lesions: all, select, setMark, createFound } = lesions.getState();
        const marks = finding.marks.filter((mark) => standsOn(mark, open.images));
        if (marks.length === 0) return undefined;
        change(exam, ({ dismissals }) => ({ dismissals: without(dismissals, finding) }));
        const there = acceptedAs(finding, all) ?? lesionAt(finding, all);
        if (there) {
          for (const { sopInstanceUid, box, pixels } of marks)
            if (!(sopInstanceUid in there.marks)) setMark(there.id, sopInstanceUid, box, pixels);
          select(there.id);
          return lesions.getState().lesions.find((lesion) => lesion.id === there.id);
        }
        return createFound(open.patientKey, marks, {
          by: 'finder',
          finder: finder.info.name,
          finding: id,
          mass: finding.mass,
          malignant: finding.malignant,
          at: now().toISOString(),
        });
      },
      dismiss: (exam, id, reason) => {
        const finding = shownFinding(exam, id);
        if (!finding) return;
        const dismissal = { finding, reason, at: now().toISOString() } as Dismissal;
        change(exam, ({ dismissals }) => ({
          dismissals: [...without(dismissals, finding), dismissal],
        }));
      },
      reopen: (exam, id) => {
        const finding = shownFinding(exam, id);
        if (finding) change(exam, (e) => ({ dismissals: without(e.dismissals, finding) }));
      },
      lookAgain: () => sources.lookAgain?.(),
    };
  });

  const fresh = (): SaidOfExam => {
    const { finder: there } = store.getState();
    const falseMarks = there.phase === 'there' ? there.info.defaultFalseMarks : 0;
    return { said: undefined, falseMarks, dismissals: [] };
  };
  const feed: SecondLookFeed = {
    setFinder: (there) => store.setState({ finder: there }),
    show: (shown) => {
      for (const exam of finds.keys()) if (!(exam in shown)) finds.delete(exam);
      store.setState(({ exams }) => ({
        exams: Object.fromEntries(
          Object.entries(shown).map(([key, { phase, views }]) => [
            key,
            { ...fresh(), ...exams[key], phase, views },
          ]),
        ),
      }));
    },
    found: (exam, find) => {
      const before = store.getState().exams[exam];
      if (!before) return;
      finds.set(exam, find);
      const look = lookAmong(exam, before.said);
      if (look)
        store.setState(({ exams }) => ({ exams: { ...exams, [exam]: { ...before, look } } }));
    },
    adopt: (exam, told) => {
      const before = store.getState().exams[exam];
      if (!before) return;
      const said =
        before.said && told.said ? joinedWords(before.said, told.said) : (before.said ?? told.said);
      const look = lookAmong(exam, said);
      store.setState(({ exams }) => ({
        exams: { ...exams, [exam]: { ...before, ...told, said, look } },
      }));
    },
  };
  return { store, feed };
};

export type SecondLookStore = ReturnType<typeof createSecondLookStore>['store'];
