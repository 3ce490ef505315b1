import type { ImagePoint } from '../../geometry/point.ts';
import { type BreastFrame, type BreastPoint, fromImage, toImage } from './breast-frame.ts';

/** A view of a breast, as far as laying another one of it over it goes. */
export interface Registrable {
  readonly frame: BreastFrame;
  /** Whether world units are mm. */
  readonly calibrated: boolean;
  /** In stored pixels, where it is known. */
  readonly nipple?: ImagePoint | undefined;
}

/** What two views of one breast are laid over each other by. */
export interface Registration {
  /** The point that coincides: the nipple, else the breast's foremost point. */
  readonly at: 'nipple' | 'outline';
  /** What makes them of one size: millimetres, or where one has none the size of the breast. */
  readonly size: 'mm' | 'outline';
}

/** Where a view looks: the stored point in its middle, and CSS pixels per world unit. */
interface Look {
  readonly center: ImagePoint;
  readonly scale: number;
}

export const registrationOf = (a: Registrable, b: Registrable): Registration => ({
  at: a.nipple && b.nipple ? 'nipple' : 'outline',
  size: a.calibrated && b.calibrated ? 'mm' : 'outline',
});

const anchorOf = ({ frame, nipple }: Registrable, { at }: Registration): BreastPoint =>
  at === 'nipple' && nipple ? fromImage(frame, nipple) : { depth: frame.depth, below: 0 };

/** A length for the size of a breast, world units of its frame. */
const sizeOf = ({ frame: { depth, above, below } }: Registrable): number =>
  Math.sqrt(depth * (above + below));

/**
 * Where `to` has to look so that its breast lies over that of `from`, which looks at `look`: shifted,
 * scaled and mirrored as a whole, never bent. Both are views of one side and projection.
 */
export const registered = (from: Registrable, to: Registrable, { center, scale }: Look): Look => {
  const by = registrationOf(from, to);
  const ratio = by.size === 'mm' ? 1 : sizeOf(to) / sizeOf(from);
  const [own, other] = [anchorOf(from, by), anchorOf(to, by)];
  const middle = fromImage(from.frame, center);
  return {
    center: toImage(to.frame, {
      depth: other.depth + (middle.depth - own.depth) * ratio,
      below: other.below + (middle.below - own.below) * ratio,
    }),
    scale: scale / ratio,
  };
};
