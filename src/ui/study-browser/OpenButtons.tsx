import { useEffect, useRef } from 'react';
import { t } from '../i18n/text.ts';
import { useServices } from '../services.tsx';
import { useCommands } from '../commands/use-commands.ts';

const take = (input: HTMLInputElement): readonly File[] => {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
};

/** File picker and folder picker. */
export const OpenButtons = () => {
  const { openFiles, openDemo } = useServices();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  const group = t('Opening');
  useCommands([
    {
      id: 'open.files',
      group,
      title: t('Open files'),
      keys: ['Ctrl+O'],
      run: () => files.current?.click(),
    },
    {
      id: 'open.folder',
      group,
      title: t('Open folder'),
      keys: ['Ctrl+Shift+O'],
      run: () => folder.current?.click(),
    },
    { id: 'open.demo', group, title: t('Open the demo case'), run: () => openDemo() },
  ]);
  return (
    <div className="open-buttons">
      <button type="button" onClick={() => files.current?.click()}>
        {t('Open files')}
      </button>
      <button type="button" onClick={() => folder.current?.click()}>
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
