import { createStore } from 'zustand/vanilla';
import { type ForeignDocument, imagesOf } from '../core/foreign/document.ts';

/** A finding of a document, by their ids. */
export interface FindingRef {
  readonly sopInstanceUid: string;
  readonly findingId: string;
}

/** What is switched on and off of other programs' words, over all pictures. */
export type ForeignLayer = 'marks' | 'overlays' | 'unpresented';

export interface ForeignState extends Readonly<Record<ForeignLayer, boolean>> {
  readonly documents: readonly ForeignDocument[];
  /** SOP Instance UIDs of reports whose marks the reader has switched off. */
  readonly off: ReadonlySet<string>;
  /** The presentation state that is applied to its images. */
  readonly applied: string | undefined;
  readonly selected: FindingRef | undefined;
  /** The document whose text is being read. */
  readonly reading: string | undefined;

  /** False where it is here already: the same object twice counts once. */
  add(document: ForeignDocument): boolean;
  toggle(layer: ForeignLayer): void;
  switchOff(sopInstanceUid: string, off: boolean): void;
  apply(sopInstanceUid: string | undefined): void;
  select(finding: FindingRef | undefined): void;
  read(sopInstanceUid: string | undefined): void;
  /** Forgets what was said of images, or studies, that were closed. */
  forget(sopInstanceUids: readonly string[], studyInstanceUids: readonly string[]): void;
}

export type ForeignStore = ReturnType<typeof createForeignStore>;

/** What other programs said of the images: kept as long as the page is open, never as the reader's own. */
export const createForeignStore = () =>
  createStore<ForeignState>()((set, get) => ({
    documents: [],
    off: new Set(),
    marks: true,
    overlays: true,
    unpresented: false,
    applied: undefined,
    selected: undefined,
    reading: undefined,
    add: (document) => {
      const { documents } = get();
      if (documents.some((each) => each.sopInstanceUid === document.sopInstanceUid)) return false;
      set({ documents: [...documents, document] });
      return true;
    },
    toggle: (layer) => set((s) => ({ [layer]: !s[layer] }) as Pick<ForeignState, ForeignLayer>),
    switchOff: (sop, isOff) =>
      set(({ off }) => {
        const next = new Set(off);
        if (isOff) next.add(sop);
        else next.delete(sop);
        return { off: next };
      }),
    apply: (applied) => set({ applied }),
    select: (selected) => set({ selected }),
    read: (reading) => set({ reading }),
    forget: (sops, studies) =>
      set(({ documents, applied, selected, reading }) => {
        const gone = new Set([...sops, ...studies]);
        const isGone = (document: ForeignDocument) =>
          gone.has(document.studyInstanceUid) || imagesOf(document).some((sop) => gone.has(sop));
        const kept = documents.filter((document) => !isGone(document));
        const has = (sop: string | undefined) =>
          kept.some(({ sopInstanceUid }) => sopInstanceUid === sop);
        return {
          documents: kept,
          applied: has(applied) ? applied : undefined,
          selected: has(selected?.sopInstanceUid) ? selected : undefined,
          reading: has(reading) ? reading : undefined,
        };
      }),
  }));
