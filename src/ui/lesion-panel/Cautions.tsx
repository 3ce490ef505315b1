import type { Scored } from '../../state/lesion-result.ts';
import { cautionsOf } from '../../state/cautions.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useNipples, useScoring, useServices, useStudies } from '../services.tsx';
import { withView } from './with-view.ts';

/** All that speaks against trusting the score, the same as on the printed report, behind their number. */
export const Cautions = ({ result }: { result: Scored }) => {
  const { imageOf, manifest: pack } = useServices();
  const images = useStudies((s) => s.images);
  const engine = useScoring((s) => s.engine);
  const landmarks = useNipples((s) => s.landmarks);
  const placed = useNipples((s) => s.placed);
  const seen = images.flatMap(({ header }) => {
    const image = imageOf(header.sopInstanceUid);
    return image ? [{ header, image }] : [];
  });
  const sources = { images, seen, engine, nipples: { landmarks, placed }, pack };
  const cautions = new Set(cautionsOf(result, sources).map(withView));
  if (cautions.size === 0) return null;
  return (
    <details className="cautions">
      <summary data-testid="cautions">
        <span className="chip">
          {cautions.size === 1 ? t('1 caution') : t('{count} cautions', { count: cautions.size })}
        </span>
      </summary>
      <ul className="warnings" data-testid="score-warnings" aria-label={t('Limits of this score')}>
        {[...cautions].map((caution) => (
          <li key={caution}>{caution}</li>
        ))}
      </ul>
    </details>
  );
};
