import type { LesionLocation } from './location.ts';
import { largestOf, type LesionSize, type SizedView, sizeOn } from './lesion-size.ts';

/** A lesion then and now. */
export interface FollowUp {
  readonly then: LesionSize;
  readonly now: LesionSize;
  /** Years between the exams; absent where a date is missing or the exams are of one day. */
  readonly years?: number | undefined;
  /** Whether the mm of the two hold in unlike planes; absent where they do not. */
  readonly unlikeScales?: boolean | undefined;
  /** Absent without years, where they are too few to speak of a year, and on unlike scales. */
  readonly mmAYear?: number | undefined;
}

const DAY = 86_400_000;
const DAYS_A_YEAR = 365.25;
/** Years below which no rate is told: the error of two sizes would be multiplied. */
const SHORTEST = 0.25;

const dayOf = (date: string): number => {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY;
};

/** Years from one DICOM date (DA) to another; undefined where either is none or it is no later. */
export const yearsBetween = (then: string, now: string): number | undefined => {
  const years = (dayOf(now) - dayOf(then)) / DAYS_A_YEAR;
  return years > 0 ? years : undefined;
};

const isOutlined = ({ outline }: SizedView): boolean => outline !== undefined;
const byBox = (view: SizedView): SizedView => ({ ...view, outline: undefined });

interface Pair {
  readonly now: SizedView;
  readonly then: SizedView;
}

/** The views that show a lesion largest, by the outline where there is one on both sides, else by the box. */
const largestPair = (now: readonly SizedView[], then: readonly SizedView[]): Pair | undefined => {
  const measured = now.some(isOutlined) && then.some(isOutlined) ? undefined : byBox;
  const [a, b] = [now, then].map((views) => largestOf(measured ? views.map(measured) : views));
  return a && b && { now: a, then: b };
};

const rank = ({ now }: Pair): number => sizeOn(now).mm + (isOutlined(now) ? 1e6 : 0);

/**
 * The size of a lesion on an earlier exam beside its size now, measured in the same way: on the view that shows
 * it largest now of those that both exams have; where they share none, on the largest of each. There is no rate
 * where the mm of the two hold in unlike planes: magnification alone makes a tenth of a size.
 */
export const followUp = (
  now: readonly SizedView[],
  then: readonly SizedView[],
  dates: { readonly now: string; readonly then: string },
): FollowUp | undefined => {
  const [best] = now
    .flatMap((view) =>
      then
        .filter((other) => other.view === view.view)
        .flatMap((o) => largestPair([view], [o]) ?? []),
    )
    .sort((a, b) => rank(b) - rank(a));
  const pair = best ?? largestPair(now, then);
  if (!pair) return undefined;
  const [sizeNow, sizeThen] = [sizeOn(pair.now), sizeOn(pair.then)];
  const years = yearsBetween(dates.then, dates.now);
  const unlikeScales = pair.now.plane !== pair.then.plane;
  return {
    now: sizeNow,
    then: sizeThen,
    ...(unlikeScales && { unlikeScales }),
    ...(years !== undefined && { years }),
    ...(years !== undefined &&
      years >= SHORTEST &&
      !unlikeScales && { mmAYear: (sizeNow.mm - sizeThen.mm) / years }),
  };
};

/** What speaks for two marks of one breast being one lesion. */
export interface Likeness {
  /** Whether both lie above or below and inside or outside alike, as far as both are known. */
  readonly sameQuadrant: boolean;
  /** Difference of the distances from the nipple, mm, on the view where it is largest. */
  readonly nippleMm?: number | undefined;
}

/** Positioning alone moves a lesion by about this much against its nipple from year to year, mm. */
const NEAR_MM = 15;

const agree = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === 'level' || b === 'level' || a === b;

export const likenessOf = (a: LesionLocation, b: LesionLocation): Likeness => {
  const apart = a.nippleDistances.flatMap(({ view, mm }) =>
    b.nippleDistances
      .filter((other) => other.view === view)
      .map((other) => Math.abs(other.mm - mm)),
  );
  return {
    sameQuadrant: agree(a.vertical, b.vertical) && agree(a.horizontal, b.horizontal),
    ...(apart.length > 0 && { nippleMm: Math.max(...apart) }),
  };
};

/** Whether two marks are alike enough to be proposed as one lesion; never more than a proposal. */
export const isAlike = ({ sameQuadrant, nippleMm }: Likeness): boolean =>
  sameQuadrant && nippleMm !== undefined && nippleMm <= NEAR_MM;
