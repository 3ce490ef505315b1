import { t } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';

export const OpeningProgress = () => {
  const progress = useStudies((s) => s.progress);
  const { stopOpening } = useServices();
  if (!progress) return null;
  const { done, total, unpacking } = progress;
  return (
    <div className="opening" role="status">
      <label htmlFor="opening-progress">
        {unpacking
          ? t('Unpacking: {done} of {total} files', { done, total })
          : t('Opening: {done} of {total} files', { done, total })}
      </label>
      <progress id="opening-progress" value={done} max={Math.max(total, 1)} />
      <button type="button" className="quiet" onClick={stopOpening}>
        {t('Stop')}
      </button>
    </div>
  );
};
