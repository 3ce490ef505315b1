import { modifierFromCode, viewFromCode, type Code } from './codes.ts';
import {
  MAMMOGRAPHY_VIEWS,
  type MammographyView,
  type Recognised,
  type Side,
  type ViewModifier,
} from './mammogram-header.ts';

/** The attributes that may name a view or side, as the file has them; '' or [] where absent. */
export interface ViewAttributes {
  readonly viewCodes: readonly Code[];
  readonly viewModifierCodes: readonly Code[];
  readonly viewPosition: string;
  readonly imageLaterality: string;
  readonly laterality: string;
  readonly patientOrientation: readonly [row: string, column: string] | undefined;
  readonly seriesDescription: string;
  readonly protocolName: string;
}

interface Words {
  readonly views: ReadonlySet<MammographyView>;
  readonly sides: ReadonlySet<Side>;
}

const viewNames: ReadonlySet<string> = new Set(MAMMOGRAPHY_VIEWS);
const sideWords: Readonly<Record<string, Side>> = {
  L: 'L',
  LT: 'L',
  LEFT: 'L',
  R: 'R',
  RT: 'R',
  RIGHT: 'R',
};

const asView = (token: string): MammographyView | undefined =>
  viewNames.has(token) ? (token as MammographyView) : undefined;

/**
 * Views and sides named by the whole words of a text: "LCC" and "L CC" are left CC, "LM" is the
 * lateromedial view and says nothing of the side, "FILM" and "CALM" say nothing at all.
 */
export const wordsOf = (text: string): Words => {
  const views = new Set<MammographyView>();
  const sides = new Set<Side>();
  for (const token of text.toUpperCase().split(/[^A-Z0-9]+/)) {
    const view = asView(token);
    const side = sideWords[token];
    if (view) views.add(view);
    else if (side) sides.add(side);
    else {
      const glued = /^([LR])(?=(.+)$)/.exec(token);
      const gluedView = asView(token.slice(1));
      if (glued && gluedView) {
        views.add(gluedView);
        sides.add(glued[1] as Side);
      }
    }
  }
  return { views, sides };
};

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

const pick = <T>(
  tries: readonly (readonly [Recognised<T>['source'], T | undefined])[],
): Recognised<T> => {
  for (const [source, value] of tries) if (value !== undefined) return { value, source };
  return { value: undefined, source: 'none' };
};

const firstView = (codes: readonly Code[]): MammographyView | undefined => {
  for (const code of codes) {
    const view = viewFromCode(code);
    if (view) return view;
  }
  return undefined;
};

/** The view: ViewCodeSequence, else ViewPosition, else PatientOrientation, else descriptions. */
export const recogniseView = (a: ViewAttributes): Recognised<MammographyView> =>
  pick([
    ['ViewCodeSequence', firstView(a.viewCodes)],
    ['ViewPosition', only(wordsOf(a.viewPosition).views)],
    ['PatientOrientation', viewFromOrientation(a.patientOrientation)],
    ['SeriesDescription', only(wordsOf(a.seriesDescription).views)],
    ['ProtocolName', only(wordsOf(a.protocolName).views)],
  ]);

/** The side: ImageLaterality, Laterality, ViewPosition ("RCC"), PatientOrientation, descriptions. */
export const recogniseSide = (a: ViewAttributes): Recognised<Side> =>
  pick([
    ['ImageLaterality', only(wordsOf(a.imageLaterality).sides)],
    ['Laterality', only(wordsOf(a.laterality).sides)],
    ['ViewPosition', only(wordsOf(a.viewPosition).sides)],
    ['PatientOrientation', sideFromOrientation(a.patientOrientation)],
    ['SeriesDescription', only(wordsOf(a.seriesDescription).sides)],
    ['ProtocolName', only(wordsOf(a.protocolName).sides)],
  ]);

/** The known modifiers of ViewModifierCodeSequence, in order, without repeats. */
export const recogniseModifiers = (codes: readonly Code[]): readonly ViewModifier[] => {
  const known = codes.map(modifierFromCode).filter((m) => m !== undefined);
  return [...new Set(known)];
};
