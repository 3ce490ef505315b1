import type { Arm } from '../core/classifier/arms.ts';
import { t } from '../i18n/phrases/text.ts';

interface Names {
  /** What it measures with. */
  readonly model: string;
  /** Its decision value, at the head of a column. */
  readonly value: string;
  readonly likelihood: string;
}

/** What a reader calls an arm; a further one that measures is told by the name that the pack gives it. */
export const armNames = (arm: Arm): Names => {
  if (arm === 'cnn')
    return {
      model: t('Network (CNN)'),
      value: t('SVM, CNN'),
      likelihood: t('Model CNN, at training prevalence'),
    };
  if (arm === 'analytic')
    return {
      model: t('Measured features'),
      value: t('SVM, features'),
      likelihood: t('Model features, at training prevalence'),
    };
  const name = arm.replace('analytic-', '');
  return {
    model: t('Measured features: {name}', { name }),
    value: t('SVM, {name}', { name }),
    likelihood: t('Model {name}, at training prevalence', { name }),
  };
};
