/** One analytic feature: what it is called on screen and what less and more of it mean. */
export interface FeatureDefinition {
  /** Stable name in packs: group, place and scale set apart by dots. */
  readonly name: string;
  /** Plain words, lower case. */
  readonly label: string;
  /** Unit as printed, '' for a pure number. */
  readonly unit: string;
  /** How a lesion with a lower, and with a higher value is described. */
  readonly less: string;
  readonly more: string;
}

/** Values by feature name. */
export type Values = Record<string, number>;

export const feature = (
  name: string,
  label: string,
  unit: string,
  less: string,
  more: string,
): FeatureDefinition => ({ name, label, unit, less, more });

/** A feature whose direction is said by "lower" and "higher" before its label. */
export const plain = (name: string, label: string, unit = ''): FeatureDefinition =>
  feature(name, label, unit, `lower ${label}`, `higher ${label}`);
