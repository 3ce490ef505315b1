import { useStore } from 'zustand';
import { t } from '../../i18n/phrases/text.ts';
import { useShownName } from '../names.tsx';
import { type RecentsPort, useServices } from '../services.tsx';
import type { RecentItem } from '../../ports/files.ts';

const nameOf = ({ name, others }: RecentItem): string =>
  others > 0 ? t('{name} and {count} more', { name, count: others }) : name;

/** The day in the reader's own time zone, as YYYY-MM-DD. */
const dayOf = (iso: string): string => {
  const date = new Date(iso);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
};

const RecentList = ({ recents }: { recents: RecentsPort }) => {
  const items = useStore(recents.store, (s) => s.items);
  const shownName = useShownName();
  const labelOf = (item: RecentItem) => shownName(nameOf(item));
  if (items.length === 0) return null;
  return (
    <section className="recents" aria-label={t('Opened recently')}>
      <header>
        <h2>{t('Opened recently')}</h2>
        <button type="button" className="quiet" onClick={() => void recents.forgetAll()}>
          {t('Forget all')}
        </button>
      </header>
      <ul data-testid="recents">
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className="recent-name"
              onClick={() => void recents.reopen(item.id)}
            >
              {labelOf(item)} <span>{dayOf(item.openedAt)}</span>
            </button>
            <button
              type="button"
              className="quiet"
              aria-label={t('Forget {name}', { name: labelOf(item) })}
              onClick={() => void recents.forget(item.id)}
            >
              {t('Forget')}
            </button>
          </li>
        ))}
      </ul>
      <p className="fine">
        {t(
          'This browser keeps only the names of these files and folders and where they are, not what is in them.',
        )}
      </p>
    </section>
  );
};

/** What was opened lately; nothing where the browser cannot find files again. */
export const Recents = () => {
  const { recents } = useServices();
  return recents ? <RecentList recents={recents} /> : null;
};
