import type { Lesion } from '../../core/lesion/lesion.ts';
import { t } from '../../i18n/phrases/text.ts';

/** Of which lesions an assessment was chosen and not recorded: nothing that leaves the page has it. */
export const Unrecorded = ({ lesions }: { lesions: readonly Lesion[] }) => {
  const numbers = lesions.filter(({ draft }) => draft).map(({ number }) => number);
  if (numbers.length === 0) return null;
  return (
    <p className="alarm" role="status" data-testid="unrecorded">
      {t('Chosen but not recorded, and therefore left out: the assessment of lesion {numbers}.', {
        numbers: numbers.join(', '),
      })}
    </p>
  );
};
