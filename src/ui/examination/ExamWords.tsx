import { useStore } from 'zustand';
import { groupImages } from '../../core/dicom/grouping.ts';
import {
  type Breast,
  BREASTS,
  DENSITIES,
  type ExamReading,
  UNREAD,
} from '../../core/lesion/exam-reading.ts';
import { BI_RADS_CATEGORIES } from '../../core/lesion/reading.ts';
import { t } from '../../i18n/phrases/text.ts';
import { Choice } from '../components/Choice.tsx';
import { KeptText } from '../components/KeptText.tsx';
import { useServices, useStudies } from '../services.tsx';

const SIDES = {
  R: 'BI-RADS, right breast',
  L: 'BI-RADS, left breast',
} as const satisfies Readonly<Record<Breast, string>>;

/** What the reader says of the newest exam of a patient as a whole. */
export const ExamWords = ({ patientKey }: { patientKey: string }) => {
  const { examReadings } = useServices();
  const images = useStudies((s) => s.images);
  const { patients } = groupImages(images);
  const study = patients.find(({ key }) => key === patientKey)?.studies[0]?.studyInstanceUid ?? '';
  const reading = useStore(examReadings, (s) => s.readings[study] ?? UNREAD);
  const say = (change: Partial<ExamReading>) => examReadings.getState().say(study, change);
  return (
    <details className="exam-words" data-testid="exam-words">
      <summary>{t('Examination')}</summary>
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
