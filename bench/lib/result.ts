import type { Machine } from './machine.ts';
import { type Spread, spreadOf } from './spread.ts';

/** A figure held against another of the same run: this median over that one. */
export interface Ratio {
  readonly to: string;
  readonly value: number;
  /** The most it should be, where the project has set itself a mark. */
  readonly atMost?: number;
}

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly spread: Spread;
  readonly ratios: readonly Ratio[];
  readonly note?: string;
}

/** Mean number of runnable processes over the last minute, before and after a measure. */
export interface Load {
  readonly before: number;
  readonly after: number;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
  /** Sentences about what was and what was not measured. */
  readonly notes: readonly string[];
}

export interface Result {
  readonly schemaVersion: 1;
  readonly startedAt: string;
  /** Few repetitions, for trying: not for docs. */
  readonly quick: boolean;
  /** What was special about the run, such as the state of the product before a change. */
  readonly label?: string;
  readonly machine: Machine;
  readonly sections: readonly (Section & { readonly load: Load; readonly seconds: number })[];
}

export const rowOf = (
  what: string,
  unit: string,
  samples: readonly number[],
  more: { readonly ratios?: readonly Ratio[]; readonly note?: string } = {},
): Row => ({
  what,
  unit,
  spread: spreadOf(samples),
  ratios: more.ratios ?? [],
  ...(more.note === undefined ? {} : { note: more.note }),
});

/** The median of `row` over that of `other`. */
export const ratioTo = (
  samples: readonly number[],
  to: string,
  others: readonly number[],
  atMost?: number,
): Ratio => ({
  to,
  value: spreadOf(samples).median / spreadOf(others).median,
  ...(atMost === undefined ? {} : { atMost }),
});

/** Time of a computation at the rate of a plain matrix product on the same backend. */
export const limitRatio = (
  samples: readonly number[],
  multiplyAdds: number,
  perSecond: number,
): Ratio => ratioTo(samples, 'arithmetic limit', [(1000 * multiplyAdds) / perSecond]);
