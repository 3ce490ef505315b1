import {
  arrange,
  layOut,
  type Arrangement,
  type Cell,
  type HungStudy,
  type Time,
} from '../core/display/hanging/hanging-layout.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { ViewportHandle } from '../ports/display.ts';
import { imagesOnShow, priorImages, type StudiesState } from './studies-store.ts';
import type { ViewerState } from './viewer-store.ts';

/** The exam on show as it hangs now. */
export interface HangingNow {
  readonly current: HungStudy<OpenImage>;
  readonly prior: HungStudy<OpenImage> | undefined;
  /** All cells of the layout, those behind an enlarged one too. */
  readonly all: Arrangement<OpenImage>;
  /** What is on screen: all, or the active view alone (with its prior). */
  readonly onShow: Arrangement<OpenImage>;
  /** Which of the two is seen where current and prior stand in one cell in turns. */
  readonly flicker: Time | undefined;
  /** The cell that commands go to; none where nothing is shown. */
  readonly active: Cell<OpenImage> | undefined;
}

/** The last answer for the last arguments: many ask in one rendering. */
const remembered = <A extends readonly unknown[], R>(compute: (...args: A) => R) => {
  let last: { readonly args: A; readonly answer: R } | undefined;
  return (...args: A): R => {
    if (!last || args.some((arg, i) => arg !== last?.args[i]))
      last = { args, answer: compute(...args) };
    return last.answer;
  };
};

const layOutCurrent = remembered(layOut<OpenImage>);
const layOutPrior = remembered(layOut<OpenImage>);
const studiesOf = remembered(
  (images: StudiesState['images'], patientKey?: string, studyInstanceUid?: string) => {
    const onShow = { images, patientKey, studyInstanceUid };
    return { current: imagesOnShow(onShow), prior: priorImages(onShow) };
  },
);

type Hangs = Pick<
  ViewerState,
  'mode' | 'times' | 'chosen' | 'wanted' | 'alone' | 'roomier' | 'filling'
>;
type OnShow = Pick<StudiesState, 'images' | 'patientKey' | 'studyInstanceUid'>;

const hangingOf = remembered(
  (
    current: HungStudy<OpenImage>,
    prior: HungStudy<OpenImage> | undefined,
    mode: Hangs['mode'],
    times: Hangs['times'],
    roomier: Hangs['roomier'],
    wanted: Hangs['wanted'],
    alone: Hangs['alone'],
    filling: boolean,
  ): HangingNow => {
    const wish = { mode, times, roomier, filling };
    const all = arrange(current, prior, { ...wish, alone: undefined });
    const filled = all.cells.filter((cell) => cell.shown);
    const active = filled.find((cell) => cell.key === wanted) ?? filled[0];
    const now = { current, prior, all, flicker: undefined };
    if (!alone || !active) return { ...now, onShow: all, active };
    if (alone.as === 'flicker') {
      const both = arrange(current, prior, { ...wish, times: 'both', alone: active.place });
      const seen = both.cells.find((cell) => cell.time === alone.shows);
      if (seen && both.cells.length === 2 && both.cells.every(({ shown }) => shown))
        return { ...now, onShow: { ...both, columns: 1 }, flicker: alone.shows, active: seen };
    }
    const onShow = arrange(current, prior, { ...wish, alone: active.place });
    return { ...now, onShow, active };
  },
);

/** How the images on show hang: what the reader asked for, laid over what is there. */
export const hangingNow = (viewer: Hangs, studies: OnShow): HangingNow => {
  const { images, patientKey, studyInstanceUid } = studies;
  const { current, prior } = studiesOf(images, patientKey, studyInstanceUid);
  return hangingOf(
    layOutCurrent(current, viewer.chosen.current),
    prior.length > 0 ? layOutPrior(prior, viewer.chosen.prior) : undefined,
    viewer.mode,
    viewer.times,
    viewer.roomier,
    viewer.wanted,
    viewer.alone,
    viewer.filling,
  );
};

/** The view that commands go to, once it is there. */
export const activeView = (
  viewer: Hangs & Pick<ViewerState, 'views'>,
  studies: OnShow,
): ViewportHandle | undefined => {
  const { active } = hangingNow(viewer, studies);
  return active && viewer.views.get(active.key);
};
