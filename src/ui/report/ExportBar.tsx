import { useId, useState } from 'react';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { useCommands } from '../commands/use-commands.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useReadingFirst, useScoreOnShow } from '../services.tsx';
import { exportBlock } from './export-block.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { ReportScreen } from './ReportScreen.tsx';
import { useSaidBeside } from './use-said-beside.ts';
import type { OpenImage } from '../../ports/analysis.ts';

interface ExportBarProps {
  readonly patientKey: string;
  readonly lesions: readonly Lesion[];
  readonly images: readonly OpenImage[];
}

const isUnmarked = (lesion: Lesion): boolean => Object.keys(lesion.marks).length === 0;

/** What leaves the page for the patient on show: files, and a report on paper. */
export const ExportBar = ({ patientKey, lesions, images }: ExportBarProps) => {
  const [shown, setShown] = useState<'export' | 'report'>();
  const isMoreSaid = useSaidBeside(patientKey, images);
  const block = exportBlock(lesions, images, useScoreOnShow(), isMoreSaid);
  const readingFirst = useReadingFirst();
  const hidden = lesions.filter((l) => isScoreHidden(l, readingFirst) && !isUnmarked(l));
  const reason = useId();
  const offered = (id: string, title: string, key: string, what: 'export' | 'report') =>
    block === undefined
      ? [{ id, group: t('Export and report'), title, keys: [key], run: () => setShown(what) }]
      : [];
  useCommands([
    ...offered('report.export', t('Export'), 'Ctrl+E', 'export'),
    ...offered('report.print', t('Printable report'), 'Ctrl+P', 'report'),
  ]);
  const close = () => setShown(undefined);
  const button = { type: 'button', disabled: block !== undefined, title: block } as const;
  return (
    <div className="export-bar">
      <button {...button} aria-describedby={reason} onClick={() => setShown('export')}>
        {t('Export')}
      </button>
      <button {...button} aria-describedby={reason} onClick={() => setShown('report')}>
        {t('Printable report')}
      </button>
      <span id={reason} className="unseen">
        {block}
      </span>
      {hidden.length > 0 && (
        <p className="fine" data-testid="export-hidden">
          {t('Exported without a score that is not revealed yet: lesion {numbers}.', {
            numbers: hidden.map(({ number }) => number).join(', '),
          })}
        </p>
      )}
      {shown === 'export' && <ExportDialog {...{ patientKey, lesions }} onClose={close} />}
      {shown === 'report' && <ReportScreen {...{ patientKey, lesions }} onClose={close} />}
    </div>
  );
};
