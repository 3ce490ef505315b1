import { type DragEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { HistoryState } from '../state/history-store.ts';
import type { Command } from '../commands/command.ts';
import { CommandCentre } from './commands/CommandCentre.tsx';
import { useCommandKeys, useCommands } from './commands/use-commands.ts';
import { deleteLesion } from './delete-lesion.ts';
import { say, t } from '../i18n/phrases/text.ts';
import { LesionPanel } from './lesion-panel/LesionPanel.tsx';
import { useHiddenFileNames } from './names.tsx';
import { useNotices, useServices, useStudies } from './services.tsx';
import { StartScreen } from './study-browser/StartScreen.tsx';
import { StudyBrowser } from './study-browser/StudyBrowser.tsx';
import { useStudyCommands } from './study-browser/use-study-commands.ts';
import { Tour } from './tour/Tour.tsx';
import { ViewerArea } from './viewer/layout/ViewerArea.tsx';
import type { PrimaryTool } from '../ports/display.ts';

const Notices = () => {
  const notices = useNotices((s) => s.notices);
  const { notices: store } = useServices();
  const withoutFileNames = useHiddenFileNames();
  return (
    <div className="notices" role="status">
      <ul>
        {notices.map((notice) => (
          <li key={notice.topic}>
            {withoutFileNames(say(notice.text))}{' '}
            {notice.action && (
              <button type="button" onClick={notice.action.run}>
                {say(notice.action.label)}
              </button>
            )}{' '}
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
    </div>
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
      data-drop={t('Drop to open')}
      onDragOver={accept}
      onDrop={accept}
      onDragLeave={() => setOver(false)}
    >
      {children}
    </div>
  );
};

interface LesionActions extends Pick<HistoryState, 'undo' | 'redo'> {
  readonly onNew: () => void;
  /** Selects the lesion so many places on. */
  readonly onStep: (by: number) => void;
  /** Deletes the selected lesion. */
  readonly onDelete: () => void;
}

/** What can be asked of the lesions, by key or by name. */
const lesionCommands = (actions: LesionActions): readonly Command[] => {
  const group = t('Lesions');
  const { onNew, onStep, onDelete, undo, redo } = actions;
  return [
    { id: 'lesions.new', group, title: t('New lesion'), keys: ['N'], run: onNew },
    { id: 'lesions.undo', group, title: t('Undo'), keys: ['Ctrl+Z'], run: undo },
    { id: 'lesions.redo', group, title: t('Redo'), keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: redo },
    { id: 'lesions.next', group, title: t('Next lesion'), keys: ['>'], run: () => onStep(1) },
    {
      id: 'lesions.previous',
      group,
      title: t('Previous lesion'),
      keys: ['<'],
      run: () => onStep(-1),
    },
    {
      id: 'lesions.delete',
      group,
      title: t('Delete the selected lesion'),
      keys: ['Shift+Delete'],
      run: onDelete,
    },
  ];
};

/** Going through the lesions of a patient, and deleting the selected one, which says how to undo. */
const useLesionSteps = (
  patientKey: string | undefined,
): Pick<LesionActions, 'onStep' | 'onDelete'> => {
  const services = useServices();
  const { lesions } = services;
  return {
    onStep: (by) => {
      const { lesions: all, selectedId, select } = lesions.getState();
      const own = all.filter((lesion) => lesion.patientKey === patientKey);
      const at = own.findIndex(({ id }) => id === selectedId);
      const next = at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length;
      if (own[next]) select(own[next].id);
    },
    onDelete: () => {
      const { lesions: all, selectedId } = lesions.getState();
      const selected = all.find(({ id }) => id === selectedId);
      if (selected?.patientKey === patientKey && selected) deleteLesion(services, selected);
    },
  };
};

const Workspace = () => {
  const { lesions, history } = useServices();
  const patientKey = useStudies((s) => s.patientKey);
  const [tool, setTool] = useState<PrimaryTool>('window');
  const startLesion = () => {
    if (!patientKey) return;
    lesions.getState().create(patientKey);
    setTool('mark');
  };
  const { onStep, onDelete } = useLesionSteps(patientKey);
  const { undo, redo } = history.getState();
  useStudyCommands();
  useCommands(lesionCommands({ onNew: startLesion, onStep, onDelete, undo, redo }));
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
      <Tour />
      <CommandCentre />
    </DropTarget>
  );
};
