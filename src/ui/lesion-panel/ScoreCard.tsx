import type { Message } from '../../core/message/message.ts';
import type { ReactNode } from 'react';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ScoreOnShow } from '../../state/current-score.ts';
import { openImage } from '../../state/studies-store.ts';
import { viewName } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useScoring, useServices, useStudies } from '../services.tsx';
import { FusedScore } from './FusedScore.tsx';
import { HiddenScore } from './HiddenScore.tsx';
import { withView } from './with-view.ts';

const NotScored = ({ reasons }: { reasons: readonly string[] }) => (
  <div role="alert">
    <ul className="warnings" data-testid="not-scored">
      {[...new Set(reasons)].map((reason) => (
        <li key={reason}>{t('Not scored: {reason}', { reason })}</li>
      ))}
    </ul>
  </div>
);

type Withheld = Extract<ScoreOnShow, { phase: 'withheld' }>;

/** Marked places that hold nothing to judge: no number, but why. */
const WithheldScore = ({ result }: { result: Withheld }) => {
  const images = useStudies((s) => s.images);
  const reasons = Object.entries(result.problems).map(([sop, { text }]) => {
    const image = openImage(images, sop);
    return withView({ view: image && viewName(image.header), text });
  });
  return <NotScored reasons={reasons} />;
};

const Waiting = ({ lesion }: { lesion: Lesion }) => {
  const engine = useScoring((s) => s.engine.phase);
  const wasScored = useScoring((s) => lesion.id in s.results);
  if (!wasScored)
    return <p className="fine">{t('To be scored when the scoring engine is ready.')}</p>;
  return (
    <p role="status" className="fine" data-testid="to-be-scored">
      {engine === 'ready'
        ? t('To be scored again.')
        : t('To be scored again when the scoring engine is ready.')}
    </p>
  );
};

const Failed = ({ lesion, reason }: { lesion: Lesion; reason: Message }) => {
  const { scoring } = useServices();
  return (
    <div role="alert" className="alarm">
      <p>{t('Scoring failed: {reason}', { reason: say(reason) })}</p>
      <button type="button" onClick={() => scoring?.getState().retry(lesion)}>
        {t('Try again')}
      </button>
    </div>
  );
};

interface ScoreCardProps {
  readonly lesion: Lesion;
  readonly result: ScoreOnShow;
  /** Reading first: the reader may not see the score yet. */
  readonly hidden: boolean;
}

/** Why there is no score on show. */
const NoScore = ({ lesion, result }: ScoreCardProps) => {
  switch (result.phase) {
    case 'unmarked':
      return (
        <p className="fine">
          {t('Click on it, or drag a box around it, on each view where it is seen.')}
        </p>
      );
    case 'refused':
      return <NotScored reasons={result.reasons.map(withView)} />;
    case 'withheld':
      return <WithheldScore result={result} />;
    case 'closed':
      return <p className="fine">{t('Its marks are on no image that is open.')}</p>;
    case 'waiting':
      return <Waiting lesion={lesion} />;
    case 'running':
      return (
        <p role="status" className="fine">
          {t('Scoring ...')}
        </p>
      );
    case 'failed':
      return <Failed lesion={lesion} reason={result.reason} />;
    case 'scored':
      return <HiddenScore lesion={lesion} result={result} />;
  }
};

/** What is known of one lesion's score at a glance, in whichever state it is, and its views. */
export const ScoreCard = (props: ScoreCardProps & { views: ReactNode }) => {
  const { result, hidden, views } = props;
  if (result.phase === 'scored' && !hidden) return <FusedScore result={result} views={views} />;
  return (
    <>
      {views}
      <NoScore {...props} />
    </>
  );
};
