/** One analytic feature. */
export interface FeatureDefinition {
  /** Stable name in packs: group, place and scale set apart by dots. */
  readonly name: string;
  /** Plain words, lower case; on screen those of the catalogue stand (described.ts). */
  readonly label: string;
  /** Unit as printed, '' for a pure number. */
  readonly unit: string;
}

/** Values by feature name. */
export type Values = Record<string, number>;

export const feature = (name: string, label: string, unit = ''): FeatureDefinition => ({
  name,
  label,
  unit,
});

/** Names of the features that somebody asks for: others need not be measured. */
export type Wanted = ReadonlySet<string>;

/** Whether a feature goes by millimetres and not by the lesion's size: its name says so. */
export const isByMm = (name: string): boolean => name.includes('.mm.');
