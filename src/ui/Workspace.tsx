import { useStore } from 'zustand';
import { runCommand } from '../commands/registry.ts';
import { FoldedAlarm } from './lesion-panel/FoldedAlarm.tsx';
import { LesionPanel } from './lesion-panel/LesionPanel.tsx';
import { LesionTable } from './lesion-table/LesionTable.tsx';
import { TakeOverDialog } from './report/TakeOverDialog.tsx';
import { useServices } from './services.tsx';
import { DismissDialog } from './second-look/DismissDialog.tsx';
import { PatientRail } from './study-browser/PatientRail.tsx';
import { StudyBrowser } from './study-browser/StudyBrowser.tsx';
import { PictureStage } from './viewer/second-window/PictureStage.tsx';
import { Toolbar } from './viewer/toolbar/Toolbar.tsx';

/** What stands on the page while images are open. */
export const Workspace = () => {
  const { settings, viewer } = useServices();
  const { patients, lesions } = useStore(settings, (s) => s.folded);
  const fullScreen = useStore(viewer, (s) => s.fullScreen);
  return (
    <>
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
      <TakeOverDialog />
      <DismissDialog />
      <LesionTable />
    </>
  );
};
