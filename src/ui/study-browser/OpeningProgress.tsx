import { t } from '../i18n/text.ts';
import { useStudies } from '../services.tsx';

export const OpeningProgress = () => {
  const progress = useStudies((s) => s.progress);
  if (!progress) return null;
  return (
    <div className="opening" role="status">
      <label htmlFor="opening-progress">
        {progress.unpacking
          ? t('Unpacking: {done} of {total} files', { done: progress.done, total: progress.total })
          : t('Opening: {done} of {total} files', { done: progress.done, total: progress.total })}
      </label>
      <progress id="opening-progress" value={progress.done} max={Math.max(progress.total, 1)} />
    </div>
  );
};
