import { useEffect, useRef } from 'react';
import { t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { useCommands } from '../commands/use-commands.ts';

const take = (input: HTMLInputElement): readonly File[] => {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
};

/** File picker and folder picker. */
export const OpenButtons = () => {
  const { openFiles, openDemo, pickers } = useServices();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  const openFilePicker = () => (pickers ? pickers.files() : files.current?.click());
  const openFolderPicker = () => (pickers ? pickers.folder() : folder.current?.click());
  const group = t('Opening');
  useCommands([
    {
      id: 'open.files',
      group,
      title: t('Open files'),
      keys: ['Ctrl+O'],
      run: openFilePicker,
    },
    {
      id: 'open.folder',
      group,
      title: t('Open folder'),
      keys: ['Ctrl+Shift+O'],
      run: openFolderPicker,
    },
    { id: 'open.demo', group, title: t('Open the demo case'), run: () => openDemo() },
  ]);
  return (
    <div className="open-buttons">
      <button type="button" onClick={openFilePicker}>
        {t('Open files')}
      </button>
      <button type="button" onClick={openFolderPicker}>
        {t('Open folder')}
      </button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('Files to open')}
        data-testid="file-input"
        onChange={(e) => openFiles(take(e.target))}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t('Folder to open')}
        data-testid="folder-input"
        onChange={(e) => openFiles(take(e.target))}
      />
    </div>
  );
};
