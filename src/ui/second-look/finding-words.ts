import type { LesionLocation } from '../../core/lesion/location.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { FinderInfo } from '../../state/second-look-store.ts';
import type { ShownFinding } from '../../state/shown-findings.ts';
import { openImage } from '../../state/studies-store.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { message } from '../../core/message/message.ts';
import { percent, viewName } from '../format.ts';
import { locationShort } from '../location-words.ts';

/** "RCC + RMLO", or "RCC only" where it was found in one view alone. */
export const viewsText = (
  { marks }: Pick<ShownFinding, 'marks'>,
  images: readonly OpenImage[],
): string => {
  const names = marks.flatMap(({ sopInstanceUid: sop }) => {
    const image = openImage(images, sop);
    return image ? [viewName(image.header)] : [];
  });
  const [only, another] = names;
  return only !== undefined && another === undefined
    ? t('{view} only', { view: only })
    : names.join(' + ');
};

/** Where it lies: "R UOQ 10 h", or "R" where the marks tell no more. */
export const placeText = (
  { side }: Pick<ShownFinding, 'side'>,
  location: LesionLocation | undefined,
): string => {
  if (location) return locationShort(location);
  return side === 'L' ? t('L') : side === 'R' ? t('R') : t('side not known');
};

export type Grade = 'weak' | 'medium' | 'strong';

/** As strict an operating point as it reaches: 0.1 marks an image is strong, up to 0.5 medium, else weak. */
export const gradeOf = (
  { marks }: Pick<ShownFinding, 'marks'>,
  { points }: Pick<FinderInfo, 'points'>,
): Grade => {
  const most = Math.max(...marks.map(({ mass }) => mass));
  const reached = points.find(({ threshold }) => most >= threshold)?.falseMarks ?? Infinity;
  if (reached <= 0.1) return 'strong';
  return reached <= 0.5 ? 'medium' : 'weak';
};

export const gradeText = (grade: Grade): string => t(grade);

/** What the finder's number is; never a likelihood of malignancy. */
export const massText = ({ mass }: Pick<ShownFinding, 'mass'>): string =>
  t("{share} probability of a mass, as among the archive's films", { share: percent(mass) });

/** What the reader made of it, or that the reader had marked it. */
export const answerText = ({ answer, agreesWith }: ShownFinding): string => {
  if (answer.kind === 'accepted')
    return t('accepted: lesion {number}', { number: answer.lesion.number });
  if (answer.kind === 'dismissed')
    return t('dismissed: {reason}', {
      reason: say(message(`look.reason.${answer.dismissal.reason}`)),
    });
  return agreesWith ? t('agrees with your lesion {number}', { number: agreesWith.number }) : '';
};
