import { message, type Message } from '../message/message.ts';
import type { ScopeCode, ScopeReason } from './scope.ts';

/**
 * What the finder is not shown although a lesion marked on it is scored: it knows whole views of a
 * breast, and would mark an implant.
 */
const NOT_WHOLE: ReadonlySet<ScopeCode> = new Set<ScopeCode>([
  'magnification',
  'spot-compression',
  'stereotactic',
  'implant',
  'specimen',
]);

/** Whether a view is looked at, with what is to be said beside marks on it, or why not. */
export type FinderScope =
  | { readonly looks: true; readonly notes: readonly Message[] }
  | { readonly looks: false; readonly reason: Message };

/** The finder's scope by the reasons of `outOfScopeReasons`: what bars a score bars it, and parts of views. */
export const finderScope = (reasons: readonly ScopeReason[]): FinderScope => {
  const bar = reasons.find(({ code, severity }) => severity === 'blocks' || NOT_WHOLE.has(code));
  return bar
    ? { looks: false, reason: bar.text }
    : { looks: true, notes: reasons.map(({ text }) => text) };
};

/** Where an image comes from, as far as its scale tells: what its false marks depend on. */
export type Imagery = 'film' | 'digital' | 'unknown';

/** A known pitch as fine as a detector's is a detector's, or of a film scanned as finely. */
export const imageryOf = (reasons: readonly Pick<ScopeReason, 'code'>[]): Imagery => {
  const has = (code: ScopeCode) => reasons.some((reason) => reason.code === code);
  if (has('unknown-scale')) return 'unknown';
  return has('low-resolution') ? 'film' : 'digital';
};

/**
 * Marks an image on digital screening images without a finding, by the marks an image of the operating
 * point: measured with a finder of the same kind (network, input, films) on images it was not trained on.
 */
const ON_DIGITAL: Readonly<Record<number, number>> = { 0.1: 0.18, 0.25: 0.64, 0.5: 1.2, 1: 2 };

/** How many false marks are to be expected on images of a kind, at an operating point. */
export const falseMarksNote = (imagery: Imagery, falseMarks: number): Message => {
  if (imagery === 'film') return message('look.marks.film', { falseMarks });
  const digital = ON_DIGITAL[falseMarks];
  if (digital === undefined) return message(`look.marks.${imagery}.unmeasured`, { falseMarks });
  return message(`look.marks.${imagery}`, { falseMarks, digital });
};
