import { type DragEvent, type ReactNode, useState } from 'react';
import { CommandCentre } from './commands/CommandCentre.tsx';
import { useSpokenLanguage } from './commands/use-spoken-language.ts';
import { useCommandKeys } from './commands/use-commands.ts';
import { t } from '../i18n/phrases/text.ts';
import { DocumentDialog } from './foreign/DocumentDialog.tsx';
import { late } from './late.tsx';
import { Notices } from './Notices.tsx';
import { useServices, useStudies } from './services.tsx';
import { StartScreen } from './study-browser/StartScreen.tsx';
import { Tour } from './tour/Tour.tsx';

/** The whole page takes files that are dropped on it. */
const DropTarget = ({ children }: { children: ReactNode }) => {
  const { openDrop } = useServices();
  const [over, setOver] = useState(false);
  const accept = (e: DragEvent) => {
    if (!e.dataTransfer.types.includes('Files')) return;
    e.preventDefault();
    setOver(e.type === 'dragover');
    if (e.type === 'drop') openDrop(e.dataTransfer);
  };
  return (
    <div
      className={over ? 'page drop-target' : 'page'}
      data-drop={t('Drop to open')}
      onDragOver={accept}
      onDrop={accept}
      onDragLeave={() => setOver(false)}
    >
      {children}
    </div>
  );
};

const Workspace = late(async () => (await import('./Workspace.tsx')).Workspace);

export const App = () => {
  useCommandKeys();
  const empty = useStudies((s) => s.images.length === 0);
  // Texts are looked up while drawing: another language draws all anew, and everything stays as it is.
  useSpokenLanguage();
  return (
    <DropTarget>
      {empty ? <StartScreen /> : <Workspace meanwhile={<StartScreen />} />}
      <Notices />
      <DocumentDialog />
      <Tour />
      <CommandCentre />
    </DropTarget>
  );
};
