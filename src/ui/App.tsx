import { type DragEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { LesionsStore } from '../state/lesions-store.ts';
import type { Command } from './commands/command.ts';
import { useCommandKeys, useCommands } from './commands/use-commands.ts';
import { t, tMessage } from './i18n/text.ts';
import { LesionPanel } from './lesion-panel/LesionPanel.tsx';
import { useNotices, useServices, useStudies } from './services.tsx';
import { StartScreen } from './study-browser/StartScreen.tsx';
import { StudyBrowser } from './study-browser/StudyBrowser.tsx';
import { ViewerArea } from './ViewerArea.tsx';
import type { PrimaryTool } from './viewer/viewport-port.ts';

const Notices = () => {
  const notices = useNotices((s) => s.notices);
  const { notices: store } = useServices();
  return (
    <ul className="notices" role="status">
      {notices.map((notice) => (
        <li key={notice.topic}>
          {tMessage(notice.text)}{' '}
          <button
            type="button"
            className="quiet"
            onClick={() => store.getState().tell(notice.topic, undefined)}
          >
            {t('Dismiss')}
          </button>
        </li>
      ))}
    </ul>
  );
};

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
      onDragOver={accept}
      onDrop={accept}
      onDragLeave={() => setOver(false)}
    >
      {children}
    </div>
  );
};

/** What can be asked of the lesions, by key or by name. */
const lesionCommands = (lesions: LesionsStore, onNew: () => void): readonly Command[] => {
  const group = t('Lesions');
  const { undo, redo } = lesions.getState();
  return [
    { id: 'lesions.new', group, title: t('New lesion'), keys: ['N'], run: onNew },
    { id: 'lesions.undo', group, title: t('Undo'), keys: ['Ctrl+Z'], run: undo },
    { id: 'lesions.redo', group, title: t('Redo'), keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: redo },
  ];
};

const Workspace = () => {
  const { lesions } = useServices();
  const patientKey = useStudies((s) => s.patientKey);
  const [tool, setTool] = useState<PrimaryTool>('window');
  const startLesion = () => {
    if (!patientKey) return;
    lesions.getState().create(patientKey);
    setTool('mark');
  };
  useCommands(lesionCommands(lesions, startLesion));
  return (
    <div className="workspace">
      <StudyBrowser />
      <ViewerArea tool={tool} onToolChange={setTool} />
      <LesionPanel onNew={startLesion} />
    </div>
  );
};

export const App = () => {
  useCommandKeys();
  const empty = useStudies((s) => s.images.length === 0);
  const language = useStore(useServices().settings, (s) => s.language);
  // Texts are looked up while drawing, so a new language draws everything anew.
  return (
    <DropTarget key={language}>
      {empty ? <StartScreen /> : <Workspace />}
      <Notices />
    </DropTarget>
  );
};
