import { type FormEvent, useId } from 'react';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { MassDescriptors } from '../../core/lesion/mass-descriptors.ts';
import {
  BI_RADS_CATEGORIES,
  type AssessmentDraft,
  hasWords,
  type Reading,
} from '../../core/lesion/reading.ts';
import { localMoment } from '../../core/units/local-moment.ts';
import { KeptText } from '../components/KeptText.tsx';
import { describedAs } from '../descriptor-words.ts';
import { percent } from '../format.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useLesions, useReadingFirst, useScoreOnShow, useServices } from '../services.tsx';
import { Descriptors } from './Descriptors.tsx';
import { useShownScore } from './use-shown-score.ts';

/** A category and a suspicion to record; both are needed. */
const AssessmentForm = ({ lesion, changes }: { lesion: Lesion; changes: boolean }) => {
  const { lesions, settings } = useServices();
  const onScreen = useShownScore(useScoreOnShow()(lesion));
  const draft = useLesions((s) => s.lesions.find(({ id }) => id === lesion.id)?.draft);
  const { biRads, suspicion } = draft ?? {};
  const change = (to: AssessmentDraft) =>
    lesions.getState().setDraft(lesion.id, { ...draft, ...to });
  const id = useId();
  const record = (event: FormEvent) => {
    event.preventDefault();
    if (biRads === undefined || suspicion === undefined) return;
    const at = localMoment(new Date());
    const reader = settings.getState().readerName;
    const assessment = { at, biRads, suspicion, reader };
    lesions.getState().assess(lesion.id, assessment, onScreen);
  };
  return (
    <form className="assessment" onSubmit={record}>
      <label htmlFor={`${id}b`}>BI-RADS</label>
      <select
        id={`${id}b`}
        required
        value={biRads ?? ''}
        onChange={({ target: { value } }) =>
          change({ biRads: BI_RADS_CATEGORIES.find((each) => each === value) })
        }
      >
        <option value="">–</option>
        {BI_RADS_CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {category}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}s`}>{t('Suspicion')}</label>
      <input
        id={`${id}s`}
        type="number"
        required
        min={0}
        max={100}
        step={1}
        placeholder="0–100"
        value={suspicion ?? ''}
        onChange={({ target: { value } }) =>
          change({ suspicion: value === '' ? undefined : Number(value) })
        }
      />
      <button type="submit" disabled={biRads === undefined || suspicion === undefined}>
        {changes ? t('Change') : t('Record')}
      </button>
    </form>
  );
};

const ReadingLine = ({ reading }: { reading: Reading }) => {
  const { biRads, suspicion, at, shown } = reading;
  return (
    <li data-testid="reading">
      {[
        biRads && `BI-RADS ${biRads}`,
        suspicion !== undefined && t('suspicion {value} of 100', { value: suspicion }),
        shown
          ? t('after the score was seen ({likelihood}, {pack})', {
              likelihood: percent(shown.likelihood),
              pack: `${shown.packId} ${shown.packVersion}`,
            })
          : reading.scoreShown
            ? t('after the score was seen')
            : t('before the score was seen'),
        at.slice(0, 16).replace('T', ' '),
      ]
        .filter(Boolean)
        .join(t(', '))}
    </li>
  );
};

/** "4B, 60, irregular, spiculated": the latest category and suspicion, and how the mass looks. */
const atAGlance = (last: Reading | undefined, descriptors: MassDescriptors = {}): string =>
  [last?.biRads, last?.suspicion, describedAs(descriptors)]
    .filter((part) => part !== undefined && part !== '')
    .join(t(', '));

/** The reader's own assessments of a lesion, and notes. */
export const ReaderWords = ({ lesion }: { lesion: Lesion }) => {
  const { lesions } = useServices();
  const readingFirst = useReadingFirst();
  const { readings = [], descriptors, reveal, draft } = lesion;
  const said = atAGlance(readings.at(-1), descriptors);
  const isUnmarked = Object.keys(lesion.marks).length === 0;
  if (isUnmarked && !hasWords(lesion)) return null;
  const awaited = readingFirst && !reveal;
  return (
    <details
      className="reader-words"
      data-testid={`reader-${lesion.number}`}
      open={awaited || undefined}
    >
      <summary>
        {said ? t('You: {assessment}', { assessment: said }) : t('Your assessment')}
        {draft && (
          <span data-testid={`unrecorded-${lesion.number}`}> · {t('not recorded yet')}</span>
        )}
      </summary>
      {readings.length > 0 && (
        <ul className="readings">
          {readings.map((reading) => (
            <ReadingLine key={reading.at} reading={reading} />
          ))}
        </ul>
      )}
      <AssessmentForm lesion={lesion} changes={!reveal && readings.length > 0} />
      <Descriptors lesion={lesion} />
      <KeptText
        label={t('Notes')}
        className="notes"
        text={lesion.notes ?? ''}
        onKeep={(notes) => lesions.getState().setNotes(lesion.id, notes)}
      />
    </details>
  );
};
