import type { StudyReference } from './ports.ts';

/** Which studies come first. */
export const ORDERS = ['newest', 'oldest'] as const;
export type Order = (typeof ORDERS)[number];

const DAY = 86_400_000;
const FIRST = Date.UTC(1950, 0, 1);
const LAST = Date.UTC(2150, 0, 1);
/** Behind all that have a date. */
const UNDATED = Math.round((LAST - FIRST) / DAY) + 2;

const dayOf = (date: string): number | undefined => {
  const [, y, m, d] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  const day = y === undefined ? NaN : Date.UTC(Number(y), Number(m) - 1, Number(d));
  return day >= FIRST && day <= LAST ? day : undefined;
};

/** The rank of a study, 1 and up, lower first: days from the near end of the order. */
export const rankOf = ({ date }: Pick<StudyReference, 'date'>, order: Order): number => {
  const day = dayOf(date);
  if (day === undefined) return UNDATED;
  return 1 + Math.round((order === 'newest' ? LAST - day : day - FIRST) / DAY);
};
