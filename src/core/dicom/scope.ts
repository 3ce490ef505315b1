import type { MammogramImage } from '../image/mammogram-image.ts';
import type { MammogramHeader } from './mammogram-header.ts';

export type ScopeCode =
  | 'for-processing'
  | 'tomosynthesis'
  | 'specimen'
  | 'magnification'
  | 'spot-compression'
  | 'implant'
  | 'other-view'
  | 'unknown-view'
  | 'unknown-side'
  | 'lossy'
  | 'low-resolution'
  | 'unknown-scale'
  | 'beyond-declared-bits'
  | 'outside-breast'
  | 'in-air'
  | 'no-contrast'
  | 'saturated';

/**
 * One way in which an image is not what the classifier was made for. 'blocks': a score would mean
 * nothing and is withheld. 'warns': the score is shown with the reason beside it.
 */
export interface ScopeReason {
  readonly code: ScopeCode;
  readonly severity: 'blocks' | 'warns';
  readonly text: string;
}

const FOR_PROCESSING = '1.2.840.10008.5.1.4.1.1.1.2.1';
/** Coarser than any digital mammography detector (0.05 to 0.1 mm), with room for film scanners. */
const COARSE_MM = 0.15;
/** A 24 cm field at that pitch. */
const FEWEST_ROWS = 1600;
/** Contact views measure about 1.02 to 1.1; magnification stands make 1.4 or more. */
const MAGNIFIED = 1.25;

/** By its code, or by what it says of its geometry alone. */
export const isMagnified = ({
  viewModifiers,
  magnificationFactor = 1,
}: Pick<MammogramHeader, 'viewModifiers' | 'magnificationFactor'>): boolean =>
  viewModifiers.includes('magnification') || magnificationFactor >= MAGNIFIED;

const blocks = (code: ScopeCode, text: string): ScopeReason => ({ code, severity: 'blocks', text });
const warns = (code: ScopeCode, text: string): ScopeReason => ({ code, severity: 'warns', text });
const when = (condition: boolean, reason: ScopeReason): readonly ScopeReason[] =>
  condition ? [reason] : [];

const kindReasons = (header: MammogramHeader): readonly ScopeReason[] => [
  ...when(
    header.presentationIntentType === 'FOR PROCESSING' || header.sopClassUid === FOR_PROCESSING,
    blocks('for-processing', 'Raw detector data (FOR PROCESSING), not meant for reading.'),
  ),
  ...when(
    header.numberOfFrames > 1,
    blocks('tomosynthesis', 'Tomosynthesis or another image of several frames.'),
  ),
  ...when(header.view.value === 'SPECIMEN', blocks('specimen', 'Radiograph of a tissue specimen.')),
  ...when(
    header.numberOfFrames <= 1 && header.imageType.some((t) => /TOMO|GENERATED_2D|SYNTH/.test(t)),
    warns('tomosynthesis', 'Computed from tomosynthesis, not a mammogram exposed as such.'),
  ),
];

const viewReasons = (header: MammogramHeader): readonly ScopeReason[] => {
  const { viewModifiers, view } = header;
  const displaced = viewModifiers.includes('implant displaced');
  const trained = view.value === 'CC' || view.value === 'MLO';
  return [
    ...when(
      isMagnified(header),
      warns('magnification', 'Magnification view: lesions appear larger than in training.'),
    ),
    ...when(
      viewModifiers.includes('spot compression'),
      warns('spot-compression', 'Spot compression view: only part of the breast is compressed.'),
    ),
    ...when(
      displaced || header.breastImplantPresent === true,
      warns('implant', `Breast implant${displaced ? ' (displaced for this view)' : ''}.`),
    ),
    ...when(view.value === undefined, warns('unknown-view', 'The file does not name the view.')),
    ...when(
      header.laterality.value === undefined,
      warns('unknown-side', 'The file does not name the side.'),
    ),
    ...when(
      view.value !== undefined && view.value !== 'SPECIMEN' && !trained,
      warns('other-view', `${view.value} view: the classifier knows CC and MLO views only.`),
    ),
  ];
};

const isCoarse = (image: MammogramImage): boolean =>
  image.spacing
    ? Math.max(image.spacing.row, image.spacing.column) > COARSE_MM
    : image.rows * image.pixelAspect < FEWEST_ROWS;

const qualityReasons = (header: MammogramHeader, image: MammogramImage): readonly ScopeReason[] => [
  ...when(header.lossy, warns('lossy', 'Lossily compressed: fine detail may be missing.')),
  ...when(
    isCoarse(image),
    warns('low-resolution', 'Low resolution: coarser than a digital mammogram.'),
  ),
  ...when(
    image.impossibleSpacing === true,
    warns(
      'unknown-scale',
      'The pixel spacing in the file gives the breast an impossible size: it is not used, the scale is assumed.',
    ),
  ),
  ...when(
    image.spacing === undefined && image.impossibleSpacing === undefined,
    warns('unknown-scale', 'No pixel spacing in the file: the scale is assumed.'),
  ),
  ...when(
    image.exceedsDeclaredBits === true,
    warns(
      'beyond-declared-bits',
      'Pixel values exceed the bits that the file declares (Bits Stored): taken as they are.',
    ),
  ),
];

/** Everything that puts an image outside what the classifier was made for, gravest first. */
export const outOfScopeReasons = (
  header: MammogramHeader,
  image: MammogramImage,
): readonly ScopeReason[] => [
  ...kindReasons(header),
  ...viewReasons(header),
  ...qualityReasons(header, image),
];
