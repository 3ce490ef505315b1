import type { Arm } from '../core/classifier/arms.ts';
import { t } from '../i18n/phrases/text.ts';

interface Names {
  /** What it measures with. */
  readonly model: string;
  /** Its decision value, at the head of a column. */
  readonly value: string;
  readonly likelihood: string;
}

/** What a reader calls an arm. */
export const armNames = (arm: Arm): Names =>
  ({
    cnn: {
      model: t('Network (CNN)'),
      value: t('SVM, CNN'),
      likelihood: t('Model CNN, at training prevalence'),
    },
    analytic: {
      model: t('Measured features'),
      value: t('SVM, features'),
      likelihood: t('Model features, at training prevalence'),
    },
  })[arm];
