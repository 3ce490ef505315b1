/** The arms whose features are measured in the picture, each as core/lesion/measured-arms says. */
export const MEASURED_ARMS = ['analytic'] as const;

/** The arms that a pack may have, in the order in which they are listed. */
export const ARMS = ['cnn', ...MEASURED_ARMS] as const;

export type MeasuredArm = (typeof MEASURED_ARMS)[number];
export type Arm = (typeof ARMS)[number];

/** Something of each measured arm of a pack; a pack may be without any. */
export type ByMeasuredArm<T> = { readonly [A in MeasuredArm]?: T };

/** Something of each arm of a pack; every pack has the network's. */
export type ByArm<T> = { readonly [A in 'cnn']: T } & ByMeasuredArm<T>;

const byName = <A extends Arm, T>(arms: readonly A[], make: (arm: A) => T): { [B in A]: T } =>
  Object.fromEntries(arms.map((arm) => [arm, make(arm)])) as { [B in A]: T };

/** The same for every arm, by name. */
export const forArms = <T>(make: (arm: Arm) => T): { [A in Arm]: T } => byName(ARMS, make);

/** The same for every arm that measures, by name. */
export const forMeasuredArms = <T>(make: (arm: MeasuredArm) => T): { [A in MeasuredArm]: T } =>
  byName(MEASURED_ARMS, make);

/** What `of` has of the arms that measure, and nothing else of it; `make` may make something else of each. */
export const measuredOf = <T, U = T>(
  of: { readonly [A in MeasuredArm]?: T | undefined },
  make: (value: T, arm: MeasuredArm) => U = (value) => value as unknown as U,
): ByMeasuredArm<U> => {
  const made: { [A in MeasuredArm]?: U } = {};
  for (const arm of MEASURED_ARMS) {
    const value = of[arm];
    if (value !== undefined) made[arm] = make(value, arm);
  }
  return made;
};
