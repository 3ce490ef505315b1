import { type DragEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { runCommand } from '../commands/registry.ts';
import { CommandCentre } from './commands/CommandCentre.tsx';
import { useCommandKeys } from './commands/use-commands.ts';
import { say, t } from '../i18n/phrases/text.ts';
import { DocumentDialog } from './foreign/DocumentDialog.tsx';
import { FoldedAlarm } from './lesion-panel/FoldedAlarm.tsx';
import { LesionTable } from './lesion-table/LesionTable.tsx';
import { LesionPanel } from './lesion-panel/LesionPanel.tsx';
import { useHiddenFileNames } from './names.tsx';
import { useNotices, useServices, useStudies } from './services.tsx';
import { DismissDialog } from './second-look/DismissDialog.tsx';
import { StartScreen } from './study-browser/StartScreen.tsx';
import { PatientRail } from './study-browser/PatientRail.tsx';
import { StudyBrowser } from './study-browser/StudyBrowser.tsx';
import { Tour } from './tour/Tour.tsx';
import { PictureStage } from './viewer/second-window/PictureStage.tsx';
import { Toolbar } from './viewer/toolbar/Toolbar.tsx';
import './app.css';

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

const Workspace = () => {
  const { settings, viewer } = useServices();
  const { patients, lesions } = useStore(settings, (s) => s.folded);
  const fullScreen = useStore(viewer, (s) => s.fullScreen);
  return (
    <div
      className="workspace"
      data-patients={patients ? 'folded' : undefined}
      data-lesions={lesions ? 'folded' : undefined}
    >
      {/* In full screen the viewer has it with it. */}
      {fullScreen ? null : <Toolbar />}
      {patients ? <PatientRail /> : null}
      <StudyBrowser />
      <PictureStage />
      <LesionPanel onNew={() => runCommand('lesions.new')} />
      {lesions ? <FoldedAlarm /> : null}
    </div>
  );
};

export const App = () => {
  useCommandKeys();
  const empty = useStudies((s) => s.images.length === 0);
  // Texts are looked up while drawing: another language draws all anew, and everything stays as it is.
  useStore(useServices().settings, (s) => s.language);
  return (
    <DropTarget>
      {empty ? <StartScreen /> : <Workspace />}
      <Notices />
      <DocumentDialog />
      <Tour />
      <DismissDialog />
      <LesionTable />
      <CommandCentre />
    </DropTarget>
  );
};
