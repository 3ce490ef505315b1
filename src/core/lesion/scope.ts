import { shortCode } from '../message/shortened.ts';
import { listOf } from '../message/list.ts';
import { message, type Message } from '../message/message.ts';
import type { MammogramImage } from '../image/mammogram-image.ts';
import type { ImageKind } from '../dicom/image-kind.ts';
import type { Claim, MammogramHeader, ViewModifier } from '../dicom/mammogram-header.ts';
import { openQuestions, type PictureDoubt } from '../dicom/view-doubts.ts';
import { MODIFIER_LABELS } from '../dicom/view-label.ts';
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
  | 'reversed'
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
  readonly text: Message;
}

const FOR_PROCESSING = '1.2.840.10008.5.1.4.1.1.1.2.1';
/** Coarser than any digital mammography detector (0.05 to 0.1 mm), with room for film scanners. */
const COARSE_MM = 0.15;
/** A 24 cm field at that pitch. */
const FEWEST_ROWS = 1600;

const blocks = (code: ScopeCode, text: Message): ScopeReason => ({
  code,
  severity: 'blocks',
  text,
});
const warns = (code: ScopeCode, text: Message): ScopeReason => ({ code, severity: 'warns', text });
const when = (condition: boolean, reason: ScopeReason): readonly ScopeReason[] =>
  condition ? [reason] : [];

const KIND_REASONS: Readonly<Partial<Record<ImageKind, readonly ScopeReason[]>>> = {
  recombined: [blocks('recombined', message('scope.recombined'))],
  'high-energy': [blocks('recombined', message('scope.high-energy'))],
  contrast: [warns('contrast', message('scope.contrast'))],
  'low-energy': [warns('contrast', message('scope.low-energy'))],
  synthesized: [warns('synthesized', message('scope.synthesized'))],
  tomosynthesis: [blocks('tomosynthesis', message('scope.slice'))],
  stereotactic: [warns('stereotactic', message('scope.stereotactic'))],
  cropped: [blocks('cropped', message('scope.cropped'))],
  mask: [blocks('mask', message('scope.mask'))],
};

/** "ImageLaterality L, picture R". */
const said = (claims: readonly Claim<string>[]) =>
  listOf(
    claims.map(({ source, value }) =>
      source === 'picture'
        ? message('scope.claim.picture', { value })
        : message('scope.claim', { source, value }),
    ),
  );

const PICTURE_TEXTS: Readonly<Record<PictureDoubt, Message>> = {
  mirrored: message('scope.mirrored'),
  'upside down': message('scope.upside-down'),
  'on its side': message('scope.on-its-side'),
};

/** Why side and view are in doubt, each as a reason that withholds the score. */
export const doubtReasons = (header: MammogramHeader): readonly ScopeReason[] => {
  const { side, view, picture } = openQuestions(header);
  return [
    ...when(
      side.length > 0,
      blocks('side-conflict', message('scope.side-conflict', { claims: said(side) })),
    ),
    ...when(
      view.length > 0,
      blocks('view-conflict', message('scope.view-conflict', { claims: said(view) })),
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
            message('scope.impossible-magnification', { factor: factorText(impossible) }),
          ),
        ]),
    ...(distancesSay === undefined || factor === undefined
      ? []
      : [
          warns(
            'magnification-unclear',
            message('scope.magnification-unclear', {
              stated: factorText(factor),
              distances: factorText(distancesSay),
            }),
          ),
        ]),
  ];
};

const kindReasons = (header: MammogramHeader): readonly ScopeReason[] => [
  ...when(
    header.presentationIntentType === 'FOR PROCESSING' || header.sopClassUid === FOR_PROCESSING,
    blocks('for-processing', message('scope.for-processing')),
  ),
  ...when(header.numberOfFrames > 1, blocks('tomosynthesis', message('scope.several-frames'))),
  ...when(header.view.value === 'SPECIMEN', blocks('specimen', message('scope.specimen'))),
  ...(header.numberOfFrames > 1 ? [] : (KIND_REASONS[header.kind] ?? [])),
];

/** Modifiers under which a CC or MLO shows another part of the breast, or shows it otherwise. */
const PARTS: ReadonlySet<ViewModifier> = new Set<ViewModifier>([
  ...(['tangential', 'cleavage', 'axillary tail', 'axillary tissue'] as const),
]);

const viewReasons = (header: MammogramHeader): readonly ScopeReason[] => {
  const { viewModifiers, view } = header;
  const displaced = viewModifiers.includes('implant displaced');
  const parts = viewModifiers.filter((modifier) => PARTS.has(modifier));
  const trained = (view.value === 'CC' || view.value === 'MLO') && parts.length === 0;
  const named = [view.value, ...parts.map((part) => MODIFIER_LABELS[part])].join(' ');
  return [
    ...when(isMagnified(header), warns('magnification', message('scope.magnification'))),
    ...when(
      viewModifiers.includes('spot compression'),
      warns('spot-compression', message('scope.spot-compression')),
    ),
    ...when(
      displaced || header.breastImplantPresent === true,
      warns('implant', message(displaced ? 'scope.implant-displaced' : 'scope.implant')),
    ),
    ...when(view.value === undefined, warns('unknown-view', message('scope.unknown-view'))),
    ...when(
      header.laterality.value === undefined,
      warns('unknown-side', message('scope.unknown-side')),
    ),
    ...when(
      view.value !== undefined && view.value !== 'SPECIMEN' && !trained,
      warns('other-view', message('scope.other-view', { view: named })),
    ),
  ];
};

const isCoarse = (image: MammogramImage): boolean =>
  image.spacing
    ? Math.max(image.spacing.row, image.spacing.column) > COARSE_MM
    : image.rows * image.pixelAspect < FEWEST_ROWS;

const qualityReasons = (header: MammogramHeader, image: MammogramImage): readonly ScopeReason[] => [
  ...when(image.looksReversed === true, warns('reversed', message('scope.reversed'))),
  ...when(header.lossy, warns('lossy', message('scope.lossy'))),
  ...when(isCoarse(image), warns('low-resolution', message('scope.low-resolution'))),
  ...when(
    image.impossibleSpacing === true,
    warns('unknown-scale', message('scope.impossible-scale')),
  ),
  ...when(
    image.spacing === undefined && image.impossibleSpacing === undefined,
    warns(
      'unknown-scale',
      image.unusedSpacing === undefined
        ? message('scope.unknown-scale')
        : message('scope.unused-scale', { spacing: shortCode(image.unusedSpacing) }),
    ),
  ),
  ...when(
    image.exceedsDeclaredBits === true,
    warns('beyond-declared-bits', message('scope.beyond-declared-bits')),
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
