import type { ReferenceFile } from '../pack/reference-file.ts';

export type Reference = Pick<ReferenceFile, 'lesions'>;

/**
 * `make` of the reference lesions of which so many features are described: once a reference, not with
 * every score that is held against it.
 */
export const onceAReference = <T>(make: (lesions: Reference['lesions'], features: number) => T) => {
  const known = new WeakMap<Reference, Map<number, T>>();
  return (reference: Reference, features: number): T => {
    const byFeatures = known.get(reference) ?? new Map<number, T>();
    known.set(reference, byFeatures);
    const made =
      byFeatures.get(features) ??
      make(
        reference.lesions.filter((l) => l.described?.length === features),
        features,
      );
    byFeatures.set(features, made);
    return made;
  };
};
