import type { LesionLocation } from './location.ts';

const QUADRANTS = {
  'upper outer': 'upper outer quadrant',
  'upper inner': 'upper inner quadrant',
  'lower outer': 'lower outer quadrant',
  'lower inner': 'lower inner quadrant',
  'upper level': 'upper central breast',
  'lower level': 'lower central breast',
  'level outer': 'outer central breast',
  'level inner': 'inner central breast',
  'level level': 'central breast',
} as const;

const ONE_VIEW = {
  upper: 'upper, outer or inner not known from one view',
  lower: 'lower, outer or inner not known from one view',
  outer: 'outer, upper or lower not known from one view',
  inner: 'inner, upper or lower not known from one view',
} as const;

const REGIONS = {
  central: 'central, behind the nipple',
  subareolar: 'subareolar',
  'axillary tail': 'axillary tail',
} as const;

const DEPTHS = {
  anterior: 'anterior third',
  middle: 'middle third',
  posterior: 'posterior third',
} as const;

const quadrant = ({ vertical, horizontal, region }: LesionLocation) => {
  if (region) return REGIONS[region];
  if (vertical && horizontal) return QUADRANTS[`${vertical} ${horizontal}`];
  const one = vertical ?? horizontal;
  if (one === 'level') return 'at the level of the nipple on the one marked view';
  return one ? ONE_VIEW[one] : 'quadrant not known';
};

/** A phrase in English, its own key for a translation; `{name}` stands for a value. */
export interface LocationPhrase {
  readonly text:
    | ReturnType<typeof quadrant>
    | (typeof DEPTHS)[keyof typeof DEPTHS]
    | `${'left' | 'right'} breast`
    | "{hour} o'clock"
    | '{mm} mm from the nipple on {view}';
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The place within the breast alone: quadrant, clock face and depth. */
export const placePhrases = (location: LesionLocation): readonly LocationPhrase[] => [
  { text: quadrant(location) },
  ...(location.clock === undefined
    ? []
    : [{ text: "{hour} o'clock", values: { hour: location.clock } } as const]),
  ...(location.depth ? [{ text: DEPTHS[location.depth] }] : []),
];

/** A location in the words of a report, from the whole to the detail. */
export const locationPhrases = (location: LesionLocation): readonly LocationPhrase[] => [
  { text: location.side === 'L' ? 'left breast' : 'right breast' },
  ...placePhrases(location),
  ...location.nippleDistances.map(({ view, mm }): LocationPhrase => ({
    text: '{mm} mm from the nipple on {view}',
    values: { mm: Math.round(mm), view },
  })),
];

/** One English sentence, for exports. */
export const locationText = (location: LesionLocation): string => {
  const words = locationPhrases(location).map(({ text, values = {} }) =>
    text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole)),
  );
  return `${words.join(', ')} (estimated from the marks, nipple ${location.nipples})`;
};
