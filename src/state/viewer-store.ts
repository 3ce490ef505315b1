import { createStore } from 'zustand/vanilla';
import type { HangingPlace } from '../core/dicom/hanging-place.ts';
import type { CellKey, Chosen, LayoutMode, Time } from '../core/display/hanging/hanging-layout.ts';
import type { DrawingTool, PrimaryTool, Stage, ViewportHandle } from '../ports/display.ts';
import { examOnShow } from './open-exams.ts';
import { imagesOnShow, type StudiesStore } from './studies-store.ts';

/** Whether the tool draws on the picture. */
export const isDrawing = (tool: PrimaryTool): tool is DrawingTool =>
  tool !== 'window' && tool !== 'pan' && tool !== 'zoom';

/** What is switched on and off over all pictures. */
export type Switch =
  'outlined' | 'explained' | 'sharpened' | 'overlaysHidden' | 'technique' | 'crops';

/** How one place of the hanging is seen alone. */
export type Alone =
  | { readonly as: 'view' }
  /** At one image pixel to one screen pixel, part by part of the breast; `tile` from 0, past the end the last. */
  | { readonly as: 'quadrants'; readonly tile: number }
  /** Current and prior in turns in one cell; `running`: at a steady rate. */
  | { readonly as: 'flicker'; readonly shows: Time; readonly running: boolean };

/** What stands alone when something is drawn or shown on pictures: not on such as change places. */
export const withoutFlicker = (alone: Alone | undefined): Alone | undefined =>
  alone?.as === 'flicker' ? undefined : alone;

/** How the exam on show is looked at; begun anew with every exam. */
interface Look extends Readonly<Record<Exclude<Switch, 'technique'>, boolean>> {
  /** The layout that the reader asked for; undefined: what suits the images and the screen. */
  readonly mode: LayoutMode | undefined;
  readonly times: Time | 'both';
  /** Images that the reader put into a place by hand. */
  readonly chosen: Readonly<Record<Time, Chosen>>;
  /** The cell that the reader turned to last. */
  readonly wanted: CellKey | undefined;
  /** How the active view is seen alone; undefined: with all others. */
  readonly alone: Alone | undefined;
  /** Whether the lesion that is selected stands magnified under the views, from each that shows it. */
  readonly crops: boolean;
  /** Opacity of the class-activation maps, 0 to 1. */
  readonly opacity: number;
  /** The id of the finding of the second look that is looked at; none at first. */
  readonly finding: string | undefined;
}

export interface ViewerState extends Look {
  readonly tool: PrimaryTool;
  /** How often a tool was taken up. */
  readonly taken: number;
  /** The tool that is taken up again once a mark stands. */
  readonly neutral: PrimaryTool;
  /** Which layout shows four views larger on this screen. */
  readonly roomier: 'four' | 'row';
  /** The views on screen, and what leads them together; none while nothing is shown. */
  readonly views: ReadonlyMap<CellKey, ViewportHandle>;
  readonly stage: Stage | undefined;
  readonly fullScreen: boolean;
  /** Whether a class-activation map is on a view. */
  readonly mapped: boolean;
  /** Whether views of the exam on show may still be on their way: the places of all four are kept for them. */
  readonly filling: boolean;
  /**
   * Whether a hand is at work on the pictures while images still open: nothing that comes by itself moves
   * them under it. Only whoever shows them knows.
   */
  readonly handOn: boolean;
  /** Whether the pictures are asked to be in a second window. */
  readonly secondWindow: boolean;
  /** Whether how the images were taken stands over the pictures. */
  readonly technique: boolean;

  takeTool(tool: PrimaryTool): void;
  putToolAway(): void;
  setMode(mode: LayoutMode | undefined): void;
  turnTo(key: CellKey): void;
  toggle(what: Switch): void;
  /** Shows both studies or the prior alone; asked again, the current one alone. */
  toggleTimes(times: Exclude<Time, 'current'> | 'both'): void;
  /** Where current and prior take turns: shows the other, and goes on at a steady rate or stops. */
  turnFlicker(running: boolean): void;
  /** Puts an image into a place by hand. */
  choose(time: Time, place: HangingPlace, sopInstanceUid: string): void;
}

const FIRST_LOOK: Look = {
  mode: undefined,
  times: 'current',
  chosen: { current: {}, prior: {} },
  wanted: undefined,
  alone: undefined,
  crops: false,
  outlined: true,
  explained: false,
  sharpened: false,
  overlaysHidden: false,
  opacity: 0.5,
  finding: undefined,
};

export type ViewerStore = ReturnType<typeof createViewerStore>;

/** How the reader looks at the exam on show: layout, tool, and what stands on the pictures. */
export const createViewerStore = (studies: StudiesStore) => {
  const store = createStore<ViewerState>()((set) => ({
    ...FIRST_LOOK,
    tool: 'window',
    taken: 0,
    mapped: false,
    neutral: 'window',
    roomier: 'four',
    views: new Map(),
    stage: undefined,
    fullScreen: false,
    filling: false,
    handOn: false,
    secondWindow: false,
    technique: false,
    // Who takes up a drawing tool wants to see the marks; the key hides them all the same.
    takeTool: (tool) =>
      set(({ alone, taken }) => ({
        tool,
        taken: taken + 1,
        ...(isDrawing(tool)
          ? { overlaysHidden: false, alone: withoutFlicker(alone) }
          : { neutral: tool }),
      })),
    putToolAway: () => set(({ neutral }) => ({ tool: neutral })),
    setMode: (mode) => set({ mode, alone: undefined }),
    // What is being drawn has to be seen.
    turnTo: (wanted) =>
      set((s) => ({
        wanted,
        ...(isDrawing(s.tool) ? { overlaysHidden: false } : {}),
        ...(s.alone?.as === 'quadrants' && s.wanted !== wanted
          ? { alone: { as: 'quadrants' as const, tile: 0 } }
          : {}),
      })),
    toggle: (what) => set((s) => ({ [what]: !s[what] }) as Pick<ViewerState, Switch>),
    toggleTimes: (times) =>
      set((s) => ({
        times: s.times === times ? 'current' : times,
        alone: s.alone?.as === 'view' ? s.alone : undefined,
      })),
    turnFlicker: (running) =>
      set(({ alone }) => {
        if (alone?.as !== 'flicker') return {};
        return {
          alone: {
            as: 'flicker',
            shows: alone.shows === 'current' ? 'prior' : 'current',
            running,
          },
        };
      }),
    choose: (time, place, sop) =>
      set(({ chosen }) => ({ chosen: { ...chosen, [time]: { ...chosen[time], [place]: sop } } })),
  }));
  /** Nothing more may come, but places that stay empty are closed up only when no hand is at work. */
  const fill = () => {
    const { filling, handOn } = store.getState();
    if (filling && !handOn && !studies.getState().progress) store.setState({ filling: false });
  };
  store.subscribe(fill);
  let exam = examOnShow(studies.getState())?.key;
  studies.subscribe((now) => {
    const next = examOnShow(now)?.key;
    fill();
    if (next === exam) return;
    // Two files hang beside each other one way only, and an exam that was there before is complete.
    const isFirst = imagesOnShow(now).length === 1;
    store.setState({ filling: isFirst && (now.progress?.total ?? 0) > 2 });
    exam = next;
    store.setState(
      next === undefined ? { ...FIRST_LOOK, tool: 'window', neutral: 'window' } : FIRST_LOOK,
    );
  });
  return store;
};
