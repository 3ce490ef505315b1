import { breastFromCode, modifierFromCode, viewFromCode, type Code } from './codes.ts';
import type {
  Claim,
  MammographyView,
  RecognitionSource,
  Recognised,
  Side,
  ViewModifier,
} from './mammogram-header.ts';
import { wordsOf } from './view-words.ts';

/** The attributes that may name a view or side, as the file has them; '' or [] where absent. */
export interface ViewAttributes {
  readonly viewCodes: readonly Code[];
  readonly viewModifierCodes: readonly Code[];
  readonly viewPosition: string;
  readonly imageLaterality: string;
  /** FrameLaterality (0020,9072), of images with functional groups. */
  readonly frameLaterality: string;
  readonly laterality: string;
  readonly patientOrientation: readonly [row: string, column: string] | undefined;
  readonly seriesDescription: string;
  readonly protocolName: string;
  /** AcquisitionDeviceProcessingDescription (0018,1400). */
  readonly processingDescription: string;
  readonly bodyPart: string;
  /** AnatomicRegionSequence (0008,2218). */
  readonly anatomy: readonly Code[];
  /** OrganExposed (0040,0318). */
  readonly organExposed: string;
  /** PositionerType (0018,1508). */
  readonly positionerType: string;
}

/** Texts that describe an image, in the order in which they are believed. */
const descriptionsOf = (a: ViewAttributes) =>
  [
    ['SeriesDescription', a.seriesDescription],
    ['ProtocolName', a.protocolName],
    ['AcquisitionDeviceProcessingDescription', a.processingDescription],
    ['BodyPartExamined', a.bodyPart],
  ] as const;

/** The member of a set that has exactly one: a text that names two sides names none. */
const only = <T>(set: ReadonlySet<T>): T | undefined => (set.size === 1 ? [...set][0] : undefined);

/** A column that runs to L or R is cranio-caudal; one that runs to F or H and L or R is oblique. */
const viewFromOrientation = (
  orientation: ViewAttributes['patientOrientation'],
): MammographyView | undefined => {
  if (!orientation || !/^[AP]/.test(orientation[0])) return undefined;
  if (/^[LR]$/.test(orientation[1])) return 'CC';
  return /^(?:[FH][LR]|[LR][FH])$/.test(orientation[1]) ? 'MLO' : undefined;
};

/**
 * Mammograms hang lateral up in CC and head up in MLO, so that the column runs to the midline: to
 * the patient's right in the left breast. An image stored upside down says H instead of F.
 */
const sideFromOrientation = (
  orientation: ViewAttributes['patientOrientation'],
): Side | undefined => {
  if (!viewFromOrientation(orientation) || !orientation) return undefined;
  const towards: Side = orientation[1].includes('L') ? 'L' : 'R';
  const upsideDown = orientation[1].includes('H');
  if (upsideDown) return towards;
  return towards === 'L' ? 'R' : 'L';
};

/** The side of the breast that a code of the anatomic region names. */
const sideFromAnatomy = (codes: readonly Code[]): Side | undefined => {
  const sides = codes.map(breastFromCode).filter((side) => side === 'L' || side === 'R');
  return only(new Set(sides));
};

type Tries<T> = readonly (readonly [RecognitionSource, T | undefined])[];

const claimsOf = <T>(tries: Tries<T>): readonly Claim<T>[] =>
  tries.flatMap(([source, value]) => (value === undefined ? [] : [{ source, value }]));

/** The first claim, with those of the others that it cannot be reconciled with. */
const pick = <T>(
  claims: readonly Claim<T>[],
  clash: (won: Claim<T>, other: Claim<T>) => boolean,
): Recognised<T> => {
  const [won, ...others] = claims;
  if (!won) return { value: undefined, source: 'none' };
  const against = others.filter((other) => clash(won, other));
  return { ...won, ...(against.length > 0 && { against }) };
};

/** What each item says by its value and by its meaning, which may be of two views. */
const codedViews = (codes: readonly Code[]) =>
  codes
    .flatMap((code) => [viewFromCode(code), only(wordsOf(code.meaning).views)])
    .map((view) => ['ViewCodeSequence', view] as const);

/** Views by how the breast lies in them: seen from above, from the side, or between. */
const FROM_ABOVE: ReadonlySet<MammographyView> = new Set(['CC', 'XCCL', 'XCCM', 'XCC', 'FB', 'CV']);
const LATERAL: ReadonlySet<MammographyView> = new Set(['LAT', 'ML', 'LM']);

/** Whether two names may be of one view: a lateral is ML or LM, an exaggerated CC is a CC. */
const areOneView = (a: MammographyView, b: MammographyView): boolean =>
  a === b ||
  (FROM_ABOVE.has(a) && FROM_ABOVE.has(b)) ||
  (LATERAL.has(a) && LATERAL.has(b) && (a === 'LAT' || b === 'LAT')) ||
  // An axillary tail is taken as an oblique, and some name it so.
  (a === 'AT' && b === 'MLO') ||
  (a === 'MLO' && b === 'AT');

/**
 * Whether the orientation fits a view: seen from above its column runs across the body, laterally along
 * it, and in obliques both, of which devices write either. Where the row says nothing, it fits all.
 */
const fitsOrientation = (
  view: MammographyView,
  orientation: ViewAttributes['patientOrientation'],
): boolean => {
  if (!orientation || !/^[AP]/.test(orientation[0])) return true;
  const [, column] = orientation;
  if (FROM_ABOVE.has(view)) return !/[FH]/.test(column);
  return !LATERAL.has(view) || !/^[LR]$/.test(column);
};

const orientationClaims = (
  view: MammographyView,
  orientation: ViewAttributes['patientOrientation'],
): readonly Claim<MammographyView>[] => {
  if (fitsOrientation(view, orientation)) return [];
  const value = viewFromOrientation(orientation) ?? 'LAT';
  return [{ source: 'PatientOrientation', value }];
};

const EXAGGERATED: ReadonlySet<MammographyView> = new Set(['XCCL', 'XCCM', 'XCC']);

/** The more exact of two names of one view: ML where another source only says lateral, XCCL where one says CC. */
const refined = (
  view: MammographyView,
  claims: readonly Claim<MammographyView>[],
): MammographyView => {
  const others = claims
    .map(({ value }) => value)
    .filter((value) => value !== view && areOneView(view, value));
  if (view === 'CC') return others.find((value) => EXAGGERATED.has(value)) ?? view;
  const isVague = view === 'LAT' || view === 'XCC';
  return (isVague && others.find((value) => value !== 'CC')) || view;
};

/**
 * The view: ViewCodeSequence, else ViewPosition, else descriptions where they fit PatientOrientation, else what
 * that implies; with the sources that name another one.
 */
export const recogniseView = (a: ViewAttributes): Recognised<MammographyView> => {
  const claims = claimsOf<MammographyView>([
    ...codedViews(a.viewCodes),
    ['ViewPosition', only(wordsOf(a.viewPosition).views)],
    ['PatientOrientation', viewFromOrientation(a.patientOrientation)],
    ...descriptionsOf(a).map(
      ([source, text]) => [source, only(wordsOf(text, true).views)] as const,
    ),
  ]);
  const [first] = claims;
  // What an orientation implies is looser than a name: it only contradicts where it cannot fit.
  const isImplied = first?.source === 'PatientOrientation';
  const names = claims.filter((c) => c.source !== 'PatientOrientation');
  const fitting = names.find((c) => fitsOrientation(c.value, a.patientOrientation));
  const isRefined = isImplied && fitting !== undefined && fitting.value !== first.value;
  if (isImplied && !isRefined)
    return pick(claims, (_, other) => !fitsOrientation(other.value, a.patientOrientation));
  const named = isRefined ? [fitting, ...names.filter((c) => c !== fitting)] : names;
  const found = pick(named, (won, other) => !areOneView(won.value, other.value));
  if (found.value === undefined) return found;
  const against = [
    ...orientationClaims(found.value, a.patientOrientation),
    ...(found.against ?? []),
  ];
  const value = refined(found.value, named);
  return { value, source: found.source, ...(against.length > 0 && { against }) };
};

/** A laterality of both breasts, which a picture of one has by mistake: it claims the other one too. */
const claimsBoth = (a: ViewAttributes, side: Side): readonly Claim<Side>[] =>
  (
    [
      ['ImageLaterality', a.imageLaterality],
      ['FrameLaterality', a.frameLaterality],
      ['Laterality', a.laterality],
    ] as const
  ).flatMap(([source, text]) =>
    /^(?:B|BOTH|BILATERAL)$/i.test(text.trim())
      ? [{ source, value: side === 'L' ? ('R' as const) : ('L' as const) }]
      : [],
  );

/**
 * The side: ImageLaterality, FrameLaterality, Laterality, ViewPosition ("RCC"), AnatomicRegionSequence,
 * PatientOrientation, descriptions; with
 * the sources that name the other one.
 */
export const recogniseSide = (a: ViewAttributes): Recognised<Side> => {
  const found = pick(
    claimsOf<Side>([
      ['ImageLaterality', only(wordsOf(a.imageLaterality).sides)],
      ['FrameLaterality', only(wordsOf(a.frameLaterality).sides)],
      ['Laterality', only(wordsOf(a.laterality).sides)],
      ['ViewPosition', only(wordsOf(a.viewPosition).sides)],
      ['AnatomicRegionSequence', sideFromAnatomy(a.anatomy)],
      ['PatientOrientation', sideFromOrientation(a.patientOrientation)],
      ...descriptionsOf(a).map(
        ([source, text]) => [source, only(wordsOf(text, true).sides)] as const,
      ),
    ]),
    (won, other) => won.value !== other.value,
  );
  if (found.value === undefined) return found;
  const against = [...claimsBoth(a, found.value), ...(found.against ?? [])];
  return { ...found, ...(against.length > 0 && { against }) };
};

/**
 * The known modifiers of ViewModifierCodeSequence, in order, then those that ViewPosition ("RCCID")
 * and the descriptions name; without repeats.
 */
export const recogniseModifiers = (a: ViewAttributes): readonly ViewModifier[] => {
  const coded = a.viewModifierCodes.map(modifierFromCode).filter((m) => m !== undefined);
  const named = [
    ...wordsOf(a.viewPosition).modifiers,
    ...descriptionsOf(a).flatMap(([, text]) => [...wordsOf(text, true).modifiers]),
  ];
  const view = recogniseView(a).value;
  const parts = descriptionsOf(a).flatMap(([, text]) => [...wordsOf(text, true).views]);
  if (view !== 'CV' && parts.includes('CV')) named.push('cleavage');
  if (view !== 'AT' && parts.includes('AT')) named.push('axillary tail');
  return [...new Set([...coded, ...named])];
};

/** Whether a text or a code of the file speaks of the breast, for images whose class does not say so. */
export const namesBreast = (a: ViewAttributes): boolean =>
  descriptionsOf(a).some(([, text]) => wordsOf(text, true).breast) ||
  a.anatomy.some((code) => breastFromCode(code) !== undefined) ||
  wordsOf(a.organExposed).breast ||
  /^MAMMOGRAPH/i.test(a.positionerType);
