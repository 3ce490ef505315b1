import { useState } from 'react';
import { useStore } from 'zustand';
import { useCommands } from '../commands/use-commands.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { LocalDataDialog } from './LocalDataDialog.tsx';

/** What concerns the whole page: names on or off, and the data in this browser. */
export const PageSettings = () => {
  const { settings } = useServices();
  const namesHidden = useStore(settings, (s) => s.namesHidden);
  const [shown, setShown] = useState(false);
  const group = t('Page');
  useCommands([
    {
      id: 'page.names',
      group,
      title: namesHidden ? t('Show names') : t('Hide names'),
      run: () => settings.getState().hideNames(!namesHidden),
    },
    {
      id: 'page.data',
      group,
      title: t('Data on this computer'),
      run: () => setShown(true),
    },
  ]);
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
