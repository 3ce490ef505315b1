import { toImage, type BreastFrame } from './breast-frame.ts';

/** A view to be fitted. */
export interface FitView {
  readonly frame: BreastFrame;
  /** Views of one projection, which hang at one level: "CC", "MLO", or one of its own. */
  readonly level: string;
  /** Whether world units are mm; views without spacing get a scale of their own. */
  readonly calibrated: boolean;
  /** Size of the view on screen, CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Where a view is to look: the stored point in its middle, and CSS pixels per world unit. */
export interface Placement {
  readonly center: { readonly x: number; readonly y: number };
  readonly scale: number;
}

/** Share of a view's width and height that stays air, so that the skin line is seen whole. */
const AIR = 0.03;

/**
 * Foremost points further apart than this share of the breast's height are not put on one level:
 * one of them is then likely to be wrong, and the breasts would lose more scale than they gain order.
 */
const FAR_APART = 0.2;

interface Span {
  readonly above: number;
  readonly below: number;
}

const spanOf = ({ frame: { above, below } }: FitView): Span => ({ above, below });

/** What the breasts of one level take up together when their foremost points stand at one height. */
const union = (spans: readonly Span[]): Span => ({
  above: Math.max(...spans.map((s) => s.above)),
  below: Math.max(...spans.map((s) => s.below)),
});

/** How far down the middle of the views of a level lies, and the height that they need. */
const levelOf = (views: readonly FitView[]) => {
  const both = union(views.map(spanOf));
  const tallest = Math.max(...views.map(({ frame: { above, below } }) => above + below));
  const aligned = both.above + both.below <= tallest * (1 + FAR_APART);
  return {
    height: aligned ? both.above + both.below : tallest,
    middle: ({ frame }: FitView) =>
      aligned ? (both.below - both.above) / 2 : (frame.below - frame.above) / 2,
  };
};

/**
 * Places for views on show: chest walls on the inner edges, all at one scale (as large as lets every
 * breast be seen whole), and the breasts of one projection with their foremost points at one height,
 * so that right and left, current and prior stand symmetric. In the order given; views without a
 * size on screen do not count and get scale 0.
 */
export const fitBreasts = (views: readonly FitView[]): readonly Placement[] => {
  const seen = views.filter(({ width, height }) => width > 0 && height > 0);
  // Millimetres and columns cannot be compared: views without spacing have levels of their own.
  const keyOf = ({ level, calibrated }: FitView) => `${level} ${calibrated}`;
  const levels = new Map(
    seen.map((view) => [
      keyOf(view),
      levelOf(seen.filter((other) => keyOf(other) === keyOf(view))),
    ]),
  );
  const scaleOf = (calibrated: boolean): number =>
    Math.min(
      ...seen
        .filter((view) => view.calibrated === calibrated)
        .map((view) =>
          Math.min(
            (view.width * (1 - AIR)) / view.frame.depth,
            (view.height * (1 - AIR)) / (levels.get(keyOf(view))?.height ?? 1),
          ),
        ),
    );
  const scales = { true: scaleOf(true), false: scaleOf(false) };
  return views.map((view) => {
    const level = levels.get(keyOf(view));
    const scale = level && seen.includes(view) ? scales[`${view.calibrated}`] : 0;
    if (!level || scale === 0) return { center: view.frame.origin, scale: 0 };
    const middle = { depth: view.width / 2 / scale, below: level.middle(view) };
    return { center: toImage(view.frame, middle), scale };
  });
};
