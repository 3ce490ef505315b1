import { useStore } from 'zustand';
import { runCommand } from '../../commands/registry.ts';
import { inWords } from '../commands/words.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { lesionSize } from '../../core/lesion/lesion-size.ts';
import { takenOverCautions } from '../../core/explain/taken-over-cautions.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { viewName } from '../format.ts';
import { sizeWords, useSizedViews } from '../lesion-sizes.ts';
import { locationShort, locationWords } from '../location-words.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useReadingFirst, useScoreOnShow, useServices } from '../services.tsx';
import { Icon } from '../viewer/toolbar/icons.tsx';
import { LesionHead } from './LesionHead.tsx';
import { ReaderWords } from './ReaderWords.tsx';
import { SameLesion } from './SameLesion.tsx';
import { ScoreCard } from './ScoreCard.tsx';
import { ScoreDetails } from './ScoreDetails.tsx';
import { useLocation } from './use-location.ts';
import { useOncePainted } from './use-once-painted.ts';
import type { OpenImage } from '../../ports/analysis.ts';

interface LesionCardProps {
  readonly lesion: Lesion;
  readonly images: readonly OpenImage[];
  readonly selected: boolean;
  /** The date of its exam, where that needs saying. */
  readonly exam?: string | undefined;
}

/** "RCC + RMLO": a press zooms all of them to the lesion; each with what takes its mark away. */
const MarkedViews = ({ lesion, images, selected }: LesionCardProps) => {
  const { lesions } = useServices();
  const marked = images.filter(({ header }) => header.sopInstanceUid in lesion.marks);
  if (marked.length === 0) return null;
  return (
    <ul className="marked-views" aria-label={t('Views with a mark')}>
      {marked.map(({ header }) => {
        const { sopInstanceUid: sop } = header;
        const name = viewName(header);
        return (
          <li key={sop} className="marked">
            <button
              type="button"
              className="quiet to-lesion"
              disabled={!selected}
              title={`${inWords('viewer.lesion')} (.)`}
              onClick={() => runCommand('viewer.lesion')}
            >
              {name}
            </button>
            <button
              type="button"
              className="quiet"
              aria-label={t('Remove the mark on {view}', { view: name })}
              onClick={() => lesions.getState().removeMark(lesion.id, sop)}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
};

/** A press shows all marked views magnified, side by side. */
const CropsSwitch = () => {
  const { viewer } = useServices();
  return (
    <button
      type="button"
      className="quiet crops-switch"
      aria-pressed={useStore(viewer, (s) => s.crops)}
      aria-label={inWords('viewer.crops')}
      title={t('Magnified, side by side (:)')}
      onClick={() => runCommand('viewer.crops')}
    >
      <Icon name="viewer.crops" />
    </button>
  );
};

/** Where the lesion lies in full, and all that stands behind its score. */
const Details = ({ lesion, result }: { lesion: Lesion; result: ScoreOnShow | undefined }) => {
  const location = useLocation(lesion);
  const size = lesionSize(useSizedViews()(lesion));
  const scored = result?.phase === 'scored' ? result : null;
  // After the number, which is not kept waiting by what a press shows; and never of another score.
  const isDue = useOncePainted(scored?.answer) === scored?.answer;
  if (!location && !scored) return null;
  return (
    <details className="lesion-details" data-testid={`details-${lesion.number}`}>
      <summary>{t('Details')}</summary>
      {location && (
        <p className="fine" data-testid={`location-${lesion.number}`}>
          {locationWords(location)}
        </p>
      )}
      {size && (
        <p className="fine" data-testid={`size-${lesion.number}`}>
          {t('Longest extent {size} on {view}', { size: sizeWords(size), view: size.view })}
        </p>
      )}
      {scored && isDue && <ScoreDetails lesion={lesion} result={scored} />}
    </details>
  );
};

/** A press shows likelihoods as natural frequencies, and another in percent again. */
const FrequencySwitch = () => {
  const { settings } = useServices();
  const isFrequency = useStore(settings, (s) => s.likelihoodAs) === 'frequency';
  return (
    <button
      type="button"
      className="frequency"
      aria-pressed={isFrequency}
      title={t('Show the likelihood as a frequency at this prevalence')}
      onClick={() => settings.getState().showLikelihoodAs(isFrequency ? 'percent' : 'frequency')}
    >
      {t('1 in N')}
    </button>
  );
};

/** That it came from a report which does not agree with the images: never folded away, score or none. */
const TakenOver = ({ lesion }: { lesion: Lesion }) => {
  const cautions = takenOverCautions(lesion);
  if (cautions.length === 0) return null;
  return (
    <ul className="warnings" data-testid={`taken-over-${lesion.number}`}>
      {cautions.map(({ text }) => (
        <li key={text.code}>{say(text)}</li>
      ))}
    </ul>
  );
};

/** The lesion that is read now, at a glance; the parts stay in place while its score comes and goes. */
export const LesionCard = (props: LesionCardProps) => {
  const { lesion, selected, exam } = props;
  const { scoring } = useServices();
  const onShow = useScoreOnShow()(lesion);
  const hidden = isScoreHidden(lesion, useReadingFirst());
  const location = useLocation(lesion);
  const isShown = scoring !== undefined && onShow.phase === 'scored' && !hidden;
  const views = <MarkedViews {...props} />;
  const title = t('Lesion {number}', { number: lesion.number });
  return (
    <li className={selected ? 'lesion selected' : 'lesion'} data-testid={`lesion-${lesion.number}`}>
      <LesionHead {...{ lesion, selected, title, exam }}>
        {location && <span className="fine">{locationShort(location)}</span>}
        {isShown && <FrequencySwitch />}
      </LesionHead>
      <div className="lesion-score" data-testid={isShown ? `score-${lesion.number}` : undefined}>
        <TakenOver lesion={lesion} />
        {scoring ? <ScoreCard {...{ lesion, hidden, views }} result={onShow} /> : views}
        <div className="folds">
          <ReaderWords lesion={lesion} />
          <SameLesion lesion={lesion} />
          <Details lesion={lesion} result={isShown ? onShow : undefined} />
          {selected && Object.keys(lesion.marks).length > 0 ? <CropsSwitch /> : null}
        </div>
        {isShown && <p className="fine">{t('Research use only. Not a diagnosis.')}</p>}
      </div>
    </li>
  );
};
