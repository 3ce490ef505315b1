import type { LesionLocation } from './location.ts';
import { lesionSize, type LesionSize, type SizedView, sizeOn } from './lesion-size.ts';

/** A lesion then and now. */
export interface FollowUp {
  readonly then: LesionSize;
  readonly now: LesionSize;
  /** Years between the exams; absent where a date is missing or the exams are of one day. */
  readonly years?: number | undefined;
  /** Absent without years, and where they are too few to speak of a year. */
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

/** The same view then and now, by the outline where both have one, else by the box on both. */
const alike = (now: SizedView, then: SizedView) =>
  now.outline === undefined || then.outline === undefined
    ? [sizeOn({ ...now, outline: undefined }), sizeOn({ ...then, outline: undefined })]
    : [sizeOn(now), sizeOn(then)];

const rank = ({ of, mm }: LesionSize): number => mm + (of === 'outline' ? 1e6 : 0);

/**
 * The size of a lesion on an earlier exam beside its size now: on the view that shows it largest now of
 * those that both exams have, measured in the same way; where they share none, the size of each.
 */
export const followUp = (
  now: readonly SizedView[],
  then: readonly SizedView[],
  dates: { readonly now: string; readonly then: string },
): FollowUp | undefined => {
  const [best] = now
    .flatMap((view) =>
      then.filter((other) => other.view === view.view).map((other) => alike(view, other)),
    )
    .sort(([a], [b]) => rank(b as LesionSize) - rank(a as LesionSize));
  const [sizeNow, sizeThen] = best ?? [lesionSize(now), lesionSize(then)];
  if (!sizeNow || !sizeThen) return undefined;
  const years = yearsBetween(dates.then, dates.now);
  return {
    now: sizeNow,
    then: sizeThen,
    ...(years !== undefined && { years }),
    ...(years !== undefined &&
      years >= SHORTEST && { mmAYear: (sizeNow.mm - sizeThen.mm) / years }),
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
