import { z } from 'zod';

/** An arm whose features are measured in the picture: that of every pack that has one, or a further one. */
export type MeasuredArm = 'analytic' | `analytic-${string}`;
export type Arm = 'cnn' | MeasuredArm;

/** A name goes into a file's name, a column of a table and a DICOM code (SH, 16 characters). */
const MEASURED = /^analytic(-[a-z0-9]{1,10})?$/;

const isMeasuredArm = (name: string): name is MeasuredArm => MEASURED.test(name);
const isArm = (name: string): name is Arm => name === 'cnn' || isMeasuredArm(name);

/** The arms that every table has columns for, whatever a pack has. */
export const ARMS = ['cnn', 'analytic'] as const;

export const armSchema = z.custom<Arm>((name) => typeof name === 'string' && isArm(name), {
  error: 'cnn, analytic or analytic-NAME, a NAME of up to 10 letters and digits',
});

/** Something of each measured arm of a pack; a pack may be without any. */
export type ByMeasuredArm<T> = {
  readonly analytic?: T;
  readonly [arm: `analytic-${string}`]: T;
};

/** Something of each arm of a pack; every pack has the network's. */
export type ByArm<T> = { readonly [A in 'cnn']: T } & ByMeasuredArm<T>;

/** The arms of which `of` has something, in its order. */
export const armsIn = (of: object): Arm[] => Object.keys(of).filter(isArm);

/** The arms that measure of which `of` has something, in its order. */
export const measuredArms = (of: object): MeasuredArm[] => Object.keys(of).filter(isMeasuredArm);

/** What `of` has of the arms that measure, and nothing else of it; `make` may make something else of each. */
export const measuredOf = <T, U = T>(
  of: { readonly [A in MeasuredArm]?: T | undefined },
  make: (value: T, arm: MeasuredArm) => U = (value) => value as unknown as U,
): ByMeasuredArm<U> => {
  const made: { [A in MeasuredArm]?: U } = {};
  for (const arm of measuredArms(of)) {
    const value = of[arm];
    if (value !== undefined) made[arm] = make(value, arm);
  }
  return made as ByMeasuredArm<U>;
};

/** An object of a pack's file that has, beside its own, one `of` these under the name of any measured arm. */
export const withMeasured = <O extends z.ZodType, T>(own: O, of: z.ZodType<T>) =>
  own.and(
    z
      .record(z.string(), z.unknown())
      .transform((all) => measuredOf<unknown>(all))
      .pipe(z.record(z.string(), of)) as unknown as z.ZodType<ByMeasuredArm<T>>,
  );
