import { useEffect, useRef } from 'react';
import { t } from '../i18n/text.ts';
import { useServices } from '../services.tsx';

const take = (input: HTMLInputElement): readonly File[] => {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
};

/** File picker and folder picker. */
export const OpenButtons = () => {
  const { openFiles, pickers } = useServices();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  return (
    <div className="open-buttons">
      <button type="button" onClick={() => (pickers ? pickers.files() : files.current?.click())}>
        {t('Open files')}
      </button>
      <button type="button" onClick={() => (pickers ? pickers.folder() : folder.current?.click())}>
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
