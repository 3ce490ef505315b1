import { useStore } from 'zustand';
import {
  type Breast,
  BREASTS,
  DENSITIES,
  type ExamReading,
  UNREAD,
} from '../../core/lesion/exam-reading.ts';
import { BI_RADS_CATEGORIES } from '../../core/lesion/reading.ts';
import { studyOfWords } from '../../state/exam-readings-store.ts';
import { examOnShow } from '../../state/open-exams.ts';
import { t } from '../../i18n/phrases/text.ts';
import { Choice } from '../components/Choice.tsx';
import { KeptText } from '../components/KeptText.tsx';
import { formatDate } from '../format.ts';
import { useServices, useStudies } from '../services.tsx';

const SIDES = {
  R: 'BI-RADS, right breast',
  L: 'BI-RADS, left breast',
} as const satisfies Readonly<Record<Breast, string>>;

/** What the reader says of the exam on show as a whole. */
export const ExamWords = () => {
  const { examReadings } = useServices();
  const images = examOnShow(useStudies((s) => s))?.images ?? [];
  const readings = useStore(examReadings, (s) => s.readings);
  const study = studyOfWords(
    readings,
    images.map(({ header }) => header.studyInstanceUid),
  );
  const reading = readings[study ?? ''] ?? UNREAD;
  if (study === undefined) return null;
  const say = (change: Partial<ExamReading>) => examReadings.getState().say(study, change);
  return (
    <details className="exam-words" data-testid="exam-words">
      <summary>
        {t('Examination')} {formatDate(images[0]?.header.studyDate)}
      </summary>
      <div className="exam-choices">
        <Choice
          label={t('Breast density (ACR)')}
          values={DENSITIES}
          value={reading.density}
          onChoose={(density) => say({ density })}
        />
        {BREASTS.map((side) => (
          <Choice
            key={side}
            label={t(SIDES[side])}
            values={BI_RADS_CATEGORIES}
            value={BI_RADS_CATEGORIES.find((each) => each === reading.categories[side])}
            onChoose={(category) =>
              say({ categories: { ...reading.categories, [side]: category } })
            }
          />
        ))}
      </div>
      <KeptText
        key={study}
        label={t('Conclusion')}
        className="exam-conclusion"
        text={reading.conclusion}
        maxLength={10_000}
        onKeep={(conclusion) => say({ conclusion })}
      />
    </details>
  );
};
