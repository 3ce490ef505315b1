import { createStore } from 'zustand/vanilla';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import {
  type Lesion,
  type LesionOrigin,
  nextLesionNumber,
  withMark,
  withoutMark,
} from '../core/lesion/lesion.ts';
import type { MassDescriptors } from '../core/lesion/mass-descriptors.ts';
import {
  type Assessment,
  type AssessmentDraft,
  hasWords,
  type Reveal,
  type ShownScore,
  withAssessment,
  withReveal,
} from '../core/lesion/reading.ts';
import type { Box } from '../core/geometry/box.ts';
import { adoptChanges } from './adopt-changes.ts';

/** How many steps back a reader can undo. */
const HISTORY_LIMIT = 200;

/** A mark with the pixels that it was found on. */
export interface FoundMark {
  readonly sopInstanceUid: string;
  readonly box: Box;
  readonly pixels: PixelIdentity;
}

export interface LesionsState {
  readonly lesions: readonly Lesion[];
  readonly selectedId: string | undefined;
  /** A box while it is being dragged: shown, not yet kept, not scored, no step of the history. */
  readonly preview:
    { readonly lesionId: string; readonly sopInstanceUid: string; readonly box: Box } | undefined;
  readonly past: readonly (readonly Lesion[])[];
  readonly future: readonly (readonly Lesion[])[];
  /** What a step of the history changes. */
  current(): readonly Lesion[];

  create(patientKey: string): Lesion;
  /** A new lesion with its first mark, in one step. */
  createMarked(
    patientKey: string,
    sopInstanceUid: string,
    box: Box,
    made: PixelIdentity | undefined,
  ): Lesion;
  /** A new lesion with marks on several views, and where it comes from if not from the hand, in one step. */
  createFound(patientKey: string, marks: readonly FoundMark[], origin?: LesionOrigin): Lesion;
  remove(id: string): void;
  select(id: string | undefined): void;
  previewMark(lesionId: string, sopInstanceUid: string, box: Box): void;
  cancelPreview(): void;
  /** `made`: the pixels of a mark that is new; one that moves keeps its own. */
  setMark(lesionId: string, sopInstanceUid: string, box: Box, made?: PixelIdentity): void;
  removeMark(lesionId: string, sopInstanceUid: string): void;
  /** The reader's words about a lesion: no steps of the history, and never undone by one. */
  setNotes(id: string, notes: string): void;
  describe(id: string, descriptors: MassDescriptors): void;
  /** Says of which lesion of an earlier exam it is the same; '' of none. */
  setSameAs(id: string, earlierId: string): void;
  /** What is chosen of an assessment until it is recorded. */
  setDraft(id: string, draft: AssessmentDraft): void;
  assess(id: string, assessment: Assessment, onScreen: ShownScore | undefined): void;
  reveal(id: string, reveal: Reveal): void;
  undo(): void;
  redo(): void;
  /**
   * Adds lesions that storage kept; those already here stay as they are. No step of the history. One whose
   * number is taken gets the next free one, as in `adopt` and `follow`.
   */
  restore(lesions: readonly Lesion[]): void;
  /**
   * Takes over what another tab has changed: now and in every step of the history, so that undoing
   * here never takes back what was done there.
   */
  adopt(changed: readonly Lesion[], removedIds: readonly string[]): void;
  /**
   * Gives each lesion to the patient whose open image it is marked on: the key of a patient is of the images that
   * are open. No step of the history.
   */
  follow(patientOf: PatientOf): void;
  /** Takes off the page what was begun and never marked nor spoken of, as if it had not been begun. */
  dropBegun(): void;
  /** Takes lesions off the page, and out of every step of its history: storage keeps them. */
  forget(ids: ReadonlySet<string>): void;
}

/** The key of the patient whom a lesion is of by its mark on an open image; undefined where the mark does not tell. */
export type PatientOf = (sopInstanceUid: string, lesion: Lesion) => string | undefined;

export type LesionsStore = ReturnType<typeof createLesionsStore>;

/** The lesion that is selected, where it is of the patient: another patient's is neither shown nor acted on. */
export const selectedLesion = (
  { lesions, selectedId }: Pick<LesionsState, 'lesions' | 'selectedId'>,
  patientKey: string | undefined,
): Lesion | undefined => lesions.find((l) => l.id === selectedId && l.patientKey === patientKey);

const keepSelected = (lesions: readonly Lesion[], id: string | undefined) =>
  lesions.some((l) => l.id === id) ? id : undefined;

/** In whatever order images, and their lesions with them, have come. */
const byNumber = (lesions: readonly Lesion[]): readonly Lesion[] =>
  lesions.toSorted((a, b) => a.number - b.number);

const isUnmarked = (lesion: Lesion) => Object.keys(lesion.marks).length === 0;

/** Lesions that were begun, and never marked nor spoken of: nothing of them is to be kept. */
export const begunLesions = ({
  lesions,
  past,
  future,
}: Pick<LesionsState, 'lesions' | 'past' | 'future'>): readonly Lesion[] => {
  const everywhere = [lesions, ...past, ...future].flat();
  const marked = new Set(everywhere.flatMap((l) => (isUnmarked(l) ? [] : l.id)));
  return lesions.filter((l) => !marked.has(l.id) && !hasWords(l));
};

/** A change that makes of one lesion, wherever it stands in the history, one lesion again. */
const once = (change: (lesion: Lesion) => Lesion) => {
  const changed = new Map<Lesion, Lesion>();
  return (lesion: Lesion): Lesion => {
    const known = changed.get(lesion) ?? change(lesion);
    changed.set(lesion, known);
    return known;
  };
};

/** As it is kept the patient's key may be of other images than are open now. */
export const ofOpenPatient = (lesion: Lesion, patientOf: PatientOf): Lesion => {
  const keys = Object.keys(lesion.marks).flatMap((sop) => patientOf(sop, lesion) ?? []);
  const [patientKey] = keys;
  return patientKey === undefined || keys.includes(lesion.patientKey)
    ? lesion
    : { ...lesion, patientKey };
};

type Lists = Pick<LesionsState, 'lesions' | 'past' | 'future'>;

const inEach = (
  { lesions, past, future }: Lists,
  change: (list: readonly Lesion[]) => readonly Lesion[],
): Lists => ({ lesions: change(lesions), past: past.map(change), future: future.map(change) });

/**
 * Gives the next free number to a lesion that has the one of another lesion of its patient: to one without marks
 * before a marked one, then to one that is not `known`, then by id, so that two tabs choose the same.
 */
const withOwnNumbers = (lists: Lists, isKnown = (_id: string) => true): Lists => {
  const rank = (l: Lesion) => Number(isUnmarked(l)) * 2 + Number(!isKnown(l.id));
  const everywhere = [...lists.past, ...lists.future].flat();
  const free = new Map<string, number>();
  const settled: Lesion[] = [];
  for (const lesion of lists.lesions.toSorted(
    (a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1),
  )) {
    const isTaken = settled.some(
      (l) => l.patientKey === lesion.patientKey && l.number === lesion.number,
    );
    if (!isTaken) {
      settled.push(lesion);
      continue;
    }
    const others = [...everywhere, ...lists.lesions, ...settled];
    const number = nextLesionNumber(others, lesion.patientKey);
    free.set(lesion.id, number);
    settled.push({ ...lesion, number });
  }
  const renumber = once((lesion) => {
    const number = free.get(lesion.id);
    return number === undefined ? lesion : { ...lesion, number };
  });
  return inEach(lists, (list) => byNumber(list.map(renumber)));
};

const wordsOf = ({ notes, descriptors, sameAs, readings, reveal, draft }: Lesion) => ({
  // Recorded, it is gone from every step.
  draft,
  ...(notes !== undefined && { notes }),
  ...(descriptors && { descriptors }),
  ...(sameAs !== undefined && { sameAs }),
  ...(readings && { readings }),
  ...(reveal && { reveal }),
});

/** The lesions of all open patients, with undo and redo of every change to them. */
export const createLesionsStore = (newId: () => string) =>
  createStore<LesionsState>()((set, get) => {
    /** One undoable step. */
    const commit = (lesions: readonly Lesion[], selectedId = get().selectedId) =>
      set((s) => ({
        lesions,
        selectedId: keepSelected(lesions, selectedId),
        preview: undefined,
        past: [...s.past, s.lesions].slice(-HISTORY_LIMIT),
        future: [],
      }));
    /** What is to be done to a lesion that is gone, undone under a drag or by another tab, is no step. */
    const replace = (id: string, change: (lesion: Lesion) => readonly Lesion[]) => {
      const { lesions, cancelPreview } = get();
      if (!lesions.some((l) => l.id === id)) return cancelPreview();
      commit(lesions.flatMap((l) => (l.id === id ? change(l) : [l])));
    };

    /** Changes a lesion's words in every step of the history, so that undo and redo keep them. */
    const say = (id: string, change: (lesion: Lesion) => Lesion) =>
      set((s) => {
        const before = s.lesions.find((l) => l.id === id);
        const lesion = before && change(before);
        if (!lesion || lesion === before) return s;
        const words = wordsOf(lesion);
        const said = once((l) => (l.id === id ? { ...l, ...words } : l));
        const lists = inEach(s, (list) => list.map(said));
        // One that bears words is not undone into nothing: at the least it stays without marks.
        const bare = { ...lesion, marks: {} };
        const isMissing = (list: readonly Lesion[]) => !list.some((l) => l.id === id);
        const past = hasWords(lesion)
          ? lists.past.map((list) => (isMissing(list) ? [...list, bare] : list))
          : lists.past;
        return { ...lists, past };
      });

    return {
      lesions: [],
      selectedId: undefined,
      preview: undefined,
      past: [],
      future: [],
      current: () => get().lesions,
      create: (patientKey) => {
        const { lesions } = get();
        const number = nextLesionNumber(lesions, patientKey);
        const lesion: Lesion = { id: newId(), patientKey, number, marks: {} };
        commit([...lesions, lesion], lesion.id);
        return lesion;
      },
      createMarked: (patientKey, sop, box, made) => {
        const { lesions } = get();
        const number = nextLesionNumber(lesions, patientKey);
        const lesion = withMark({ id: newId(), patientKey, number, marks: {} }, sop, box, made);
        commit([...lesions, lesion], lesion.id);
        return lesion;
      },
      createFound: (patientKey, marks, origin) => {
        const { lesions } = get();
        const number = nextLesionNumber(lesions, patientKey);
        const bare: Lesion = {
          id: newId(),
          patientKey,
          number,
          marks: {},
          ...(origin && { origin }),
        };
        const lesion = marks.reduce(
          (sofar, { sopInstanceUid, box, pixels }) => withMark(sofar, sopInstanceUid, box, pixels),
          bare,
        );
        commit([...lesions, lesion], lesion.id);
        return lesion;
      },
      remove: (id) => replace(id, () => []),
      select: (id) => set((s) => ({ selectedId: keepSelected(s.lesions, id) })),
      previewMark: (lesionId, sopInstanceUid, box) =>
        set({ preview: { lesionId, sopInstanceUid, box } }),
      cancelPreview: () => set({ preview: undefined }),
      setMark: (id, sop, box, made) => replace(id, (lesion) => [withMark(lesion, sop, box, made)]),
      removeMark: (id, sop) => replace(id, (lesion) => [withoutMark(lesion, sop)]),
      setNotes: (id, notes) =>
        say(id, (lesion) => ((lesion.notes ?? '') === notes ? lesion : { ...lesion, notes })),
      describe: (id, descriptors) => say(id, (lesion) => ({ ...lesion, descriptors })),
      setSameAs: (id, sameAs) => say(id, (lesion) => ({ ...lesion, sameAs })),
      assess: (id, assessment, onScreen) =>
        say(id, (lesion) => ({
          ...withAssessment(lesion, assessment, onScreen),
          draft: undefined,
        })),
      setDraft: (id, { biRads, suspicion }) =>
        say(id, (lesion) => {
          const draft = {
            ...(biRads !== undefined && { biRads }),
            ...(suspicion !== undefined && { suspicion }),
          };
          return { ...lesion, draft: Object.keys(draft).length > 0 ? draft : undefined };
        }),
      reveal: (id, reveal) => say(id, (lesion) => withReveal(lesion, reveal)),
      undo: () =>
        set((s) => {
          const lesions = s.past.at(-1);
          if (!lesions) return s;
          return {
            lesions,
            selectedId: keepSelected(lesions, s.selectedId),
            preview: undefined,
            past: s.past.slice(0, -1),
            future: [s.lesions, ...s.future],
          };
        }),
      redo: () =>
        set((s) => {
          const [lesions, ...future] = s.future;
          if (!lesions) return s;
          return {
            lesions,
            selectedId: keepSelected(lesions, s.selectedId),
            preview: undefined,
            past: [...s.past, s.lesions],
            future,
          };
        }),
      restore: (kept) =>
        set((s) => {
          const known = new Set(s.lesions.map((l) => l.id));
          const added = kept.filter((l) => !known.has(l.id));
          if (added.length === 0) return s;
          // Undoing an earlier step must not make restored lesions vanish.
          const lists = inEach(s, (list) => [...list, ...added]);
          return withOwnNumbers(lists, (id) => known.has(id));
        }),
      adopt: (changed, removedIds) =>
        set((s) => {
          const adopted = inEach(s, (list) => adoptChanges(list, changed, removedIds));
          const lists = withOwnNumbers(adopted);
          return { ...lists, selectedId: keepSelected(lists.lesions, s.selectedId) };
        }),
      follow: (patientOf) =>
        set((s) => {
          const moved = once((lesion) => ofOpenPatient(lesion, patientOf));
          if (s.lesions.every((l) => moved(l) === l)) return s;
          return withOwnNumbers(inEach(s, (list) => list.map(moved)));
        }),
      dropBegun: () => {
        get().forget(new Set(begunLesions(get()).map(({ id }) => id)));
      },
      forget: (ids) =>
        set((s) => {
          if (ids.size === 0) return s;
          const lists = inEach(s, (list) => list.filter((l) => !ids.has(l.id)));
          return { ...lists, selectedId: keepSelected(lists.lesions, s.selectedId) };
        }),
    };
  });
