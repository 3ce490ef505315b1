import { z } from 'zod';
import { READ_CATEGORIES } from './reading.ts';

/** Breast composition of the ACR BI-RADS Atlas, 5th edition (2013), a to d. */
export const DENSITIES = ['a', 'b', 'c', 'd'] as const;

export const BREASTS = ['R', 'L'] as const;
export type Breast = (typeof BREASTS)[number];

/** What the reader says of an exam as a whole, beside the lesions. */
export const examReadingSchema = z.object({
  density: z.enum(DENSITIES).optional(),
  /** Final assessment category of each breast. */
  categories: z.object({
    R: z.enum(READ_CATEGORIES).optional(),
    L: z.enum(READ_CATEGORIES).optional(),
  }),
  /** Free words. */
  conclusion: z.string().max(10_000),
});
export type ExamReading = Readonly<z.infer<typeof examReadingSchema>>;

/** Of an exam that the reader has said nothing of. */
export const UNREAD: ExamReading = { categories: {}, conclusion: '' };

export const isUnread = ({ density, categories, conclusion }: ExamReading): boolean =>
  density === undefined &&
  categories.R === undefined &&
  categories.L === undefined &&
  conclusion === '';
