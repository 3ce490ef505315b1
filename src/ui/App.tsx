import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import { LesionPanel } from './lesion-panel/LesionPanel.tsx';
import { useNotices, useServices, useStudies } from './services.tsx';
import { StartScreen } from './study-browser/StartScreen.tsx';
import { StudyBrowser } from './study-browser/StudyBrowser.tsx';
import { ViewerArea } from './ViewerArea.tsx';
import { isTyping } from './typing.ts';
import type { PrimaryTool } from './viewer/viewport-port.ts';

const Notices = () => {
  const notices = useNotices((s) => s.notices);
  const { notices: store } = useServices();
  return (
    <ul className="notices" role="status">
      {notices.map((notice) => (
        <li key={notice.topic}>
          {notice.text}{' '}
          <button
            type="button"
            className="quiet"
            onClick={() => store.getState().tell(notice.topic, undefined)}
          >
            Dismiss
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

/** Undo, redo and "new lesion" by keyboard. */
const useLesionKeys = (onNew: () => void) => {
  const { lesions } = useServices();
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (isTyping(e.target)) return;
      const command = e.ctrlKey || e.metaKey;
      const key = e.key.toLowerCase();
      if (command && key === 'z') {
        e.preventDefault();
        if (e.shiftKey) lesions.getState().redo();
        else lesions.getState().undo();
      } else if (command && key === 'y') {
        e.preventDefault();
        lesions.getState().redo();
      } else if (!command && !e.altKey && key === 'n') onNew();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [lesions, onNew]);
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
  useLesionKeys(startLesion);
  return (
    <div className="workspace">
      <StudyBrowser />
      <ViewerArea tool={tool} onToolChange={setTool} />
      <LesionPanel onNew={startLesion} />
    </div>
  );
};

export const App = () => {
  const empty = useStudies((s) => s.images.length === 0);
  return (
    <DropTarget>
      {empty ? <StartScreen /> : <Workspace />}
      <Notices />
    </DropTarget>
  );
};
