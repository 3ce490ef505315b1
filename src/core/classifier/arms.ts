/** The arms that a pack may have, in the order in which they are listed. */
export const ARMS = ['cnn', 'analytic'] as const;

export type Arm = (typeof ARMS)[number];

/** Something of each arm of a pack; every pack has the network's. */
export type ByArm<T> = { readonly [A in 'cnn']: T } & { readonly [A in Arm]?: T };

/** The same for every arm, by name. */
export const forArms = <T>(make: (arm: Arm) => T): { [A in Arm]: T } =>
  Object.fromEntries(ARMS.map((arm) => [arm, make(arm)])) as { [A in Arm]: T };
