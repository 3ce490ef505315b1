import type { ReferenceFile } from '../pack/reference-file.ts';

/** Specificities of the operating points that a score may be held against. */
export const SPECIFICITIES = [0.8, 0.9] as const;
export type Specificity = (typeof SPECIFICITIES)[number];

/** The pack's operating point of that specificity; undefined where it has none. */
export const operatingPointAt = (
  { operatingPoints }: Pick<ReferenceFile, 'operatingPoints'>,
  specificity: Specificity,
): ReferenceFile['operatingPoints'][number] | undefined =>
  operatingPoints.find(({ name }) => name === `${specificity * 100} % specificity`);
