import { type ChangeEvent, useEffect, useEffectEvent, useState } from 'react';
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
import { useServices, useStudies } from '../services.tsx';
import './examination.css';

/** Pause in typing after which the conclusion is kept, ms. */
const PAUSE = 400;

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly value: T | undefined;
  readonly onChoose: (value: T | undefined) => void;
}

const Choice = <T extends string>({ label, values, value, onChoose }: ChoiceProps<T>) => (
  <label>
    {label}
    <select
      value={value ?? ''}
      onChange={(e) => onChoose(values.find((each) => each === e.target.value))}
    >
      <option value="">–</option>
      {values.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  </label>
);

/** Free words about the exam, kept a moment after typing stops, and when the field is left. */
const ConclusionField = (props: { conclusion: string; onKeep: (text: string) => void }) => {
  const [draft, setDraft] = useState<string>();
  const keep = () => {
    if (draft !== undefined) props.onKeep(draft);
  };
  const keepLatest = useEffectEvent(keep);
  useEffect(() => {
    if (draft === undefined) return undefined;
    const timer = setTimeout(() => keepLatest(), PAUSE);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => () => keepLatest(), []);
  return (
    <label className="exam-conclusion">
      {t('Conclusion')}
      <textarea
        rows={2}
        maxLength={10_000}
        value={draft ?? props.conclusion}
        onChange={(e: ChangeEvent<HTMLTextAreaElement>) => setDraft(e.target.value)}
        onBlur={() => {
          keep();
          setDraft(undefined);
        }}
      />
    </label>
  );
};

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
      <ConclusionField
        key={study}
        conclusion={reading.conclusion}
        onKeep={(conclusion) => say({ conclusion })}
      />
    </details>
  );
};
