import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../i18n/text.ts';
import { useServices } from '../services.tsx';
import { LocalDataDialog } from './LocalDataDialog.tsx';

/** What concerns the whole page: names on or off, and the data in this browser. */
export const PageSettings = () => {
  const { settings } = useServices();
  const namesHidden = useStore(settings, (s) => s.namesHidden);
  const [shown, setShown] = useState(false);
  return (
    <div className="page-settings">
      <button
        type="button"
        className="quiet"
        aria-pressed={namesHidden}
        title={t('For presentations: names and IDs neither on screen nor in what is exported')}
        onClick={() => settings.getState().hideNames(!namesHidden)}
      >
        {namesHidden ? t('Names are hidden') : t('Hide names')}
      </button>
      <button type="button" className="quiet" onClick={() => setShown(true)}>
        {t('Data on this computer')}
      </button>
      {shown && <LocalDataDialog onClose={() => setShown(false)} />}
    </div>
  );
};
