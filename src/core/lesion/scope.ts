import type { MammogramImage } from '../image/mammogram-image.ts';
import type { ImageKind } from '../dicom/image-kind.ts';
import type { Claim, MammogramHeader } from '../dicom/mammogram-header.ts';
import { openQuestions, type PictureDoubt } from '../dicom/view-doubts.ts';
import { isMagnified } from '../dicom/magnified.ts';

export type ScopeCode =
  | 'for-processing'
  | 'tomosynthesis'
  | 'recombined'
  | 'contrast'
  | 'synthesized'
  | 'stereotactic'
  | 'cropped'
  | 'mask'
  | 'side-conflict'
  | 'view-conflict'
  | 'picture-conflict'
  | 'magnification-unclear'
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

const blocks = (code: ScopeCode, text: string): ScopeReason => ({ code, severity: 'blocks', text });
const warns = (code: ScopeCode, text: string): ScopeReason => ({ code, severity: 'warns', text });
const when = (condition: boolean, reason: ScopeReason): readonly ScopeReason[] =>
  condition ? [reason] : [];

const KIND_REASONS: Readonly<Partial<Record<ImageKind, readonly ScopeReason[]>>> = {
  recombined: [
    blocks(
      'recombined',
      'Recombined image of contrast mammography: it shows contrast medium, not tissue. The low-energy image is the mammogram.',
    ),
  ],
  'high-energy': [
    blocks(
      'recombined',
      'High-energy image of contrast mammography, not meant for reading. The low-energy image is the mammogram.',
    ),
  ],
  contrast: [
    warns(
      'contrast',
      'Contrast medium was given, and the file does not say whether this is the low-energy or the recombined image.',
    ),
  ],
  'low-energy': [
    warns(
      'contrast',
      'Low-energy image of contrast mammography: contrast medium is in the breast.',
    ),
  ],
  synthesized: [
    warns('synthesized', 'Computed from tomosynthesis, not a mammogram exposed as such.'),
  ],
  tomosynthesis: [
    blocks('tomosynthesis', 'Slice or projection of tomosynthesis, not a mammogram.'),
  ],
  stereotactic: [
    warns('stereotactic', 'Exposure of a biopsy (stereotactic or scout), not a diagnostic view.'),
  ],
  cropped: [blocks('cropped', 'A part cut out of a mammogram, not a view.')],
  mask: [blocks('mask', 'A mask (the outline of something as a picture), not a mammogram.')],
};

const said = (claims: readonly Claim<string>[]): string =>
  claims.map(({ source, value }) => `${source} ${value}`).join(', ');

const PICTURE_TEXTS: Readonly<Record<PictureDoubt, string>> = {
  mirrored:
    'The picture lies mirrored against what the file says of it. It is scored when you have said which side it shows.',
  'upside down':
    'The picture lies upside down against what the file says of it. It is scored when you have said which side it shows.',
  'on its side':
    'The picture lies on its side against what the file says of it. It is scored when you have said which side it shows.',
};

/** Why side and view are in doubt, each as a reason that withholds the score. */
export const doubtReasons = (header: MammogramHeader): readonly ScopeReason[] => {
  const { side, view, picture } = openQuestions(header);
  return [
    ...when(
      side.length > 0,
      blocks(
        'side-conflict',
        `The side is in doubt (${said(side)}). It is scored when you have said which side it shows.`,
      ),
    ),
    ...when(
      view.length > 0,
      blocks(
        'view-conflict',
        `The view is in doubt (${said(view)}). It is scored when you have said which view it is.`,
      ),
    ),
    ...(picture ? [blocks('picture-conflict', PICTURE_TEXTS[picture])] : []),
  ];
};

const factorText = (factor: number): string => String(Number(factor.toPrecision(3)));

const magnificationReasons = ({ magnification }: MammogramHeader): readonly ScopeReason[] => {
  const { impossible, distancesSay, factor } = magnification;
  return [
    ...(impossible === undefined
      ? []
      : [
          warns(
            'magnification-unclear',
            `The file states an impossible magnification factor (${factorText(impossible)}), which is not used.`,
          ),
        ]),
    ...(distancesSay === undefined || factor === undefined
      ? []
      : [
          warns(
            'magnification-unclear',
            `The stated magnification factor (${factorText(factor)}) and the distances of source, breast and detector (${factorText(distancesSay)}) disagree: lengths are uncertain.`,
          ),
        ]),
  ];
};

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
  ...(header.numberOfFrames > 1 ? [] : (KIND_REASONS[header.kind] ?? [])),
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

/**
 * Everything that puts an image outside what the classifier was made for, gravest first. Burned-in
 * annotation is not among it: PS3.3 C.7.6.1.1.5 means text "sufficient to identify the patient", which
 * is a matter of names and said on the picture, and films carry YES whole archives over.
 */
export const outOfScopeReasons = (
  header: MammogramHeader,
  image: MammogramImage,
): readonly ScopeReason[] => [
  ...kindReasons(header),
  ...doubtReasons(header),
  ...viewReasons(header),
  ...magnificationReasons(header),
  ...qualityReasons(header, image),
];
