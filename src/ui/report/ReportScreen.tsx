import type { Message } from '../../core/message/message.ts';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { CaseReport } from '../../core/report/case-report.ts';
import type { Result } from '../../core/message/result.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { LetterheadForm } from './ReportHead.tsx';
import { ReportPage } from './ReportPage.tsx';
import './report.css';

/** The report of the patient, made once, when it is asked for. */
const useReport = (patientKey: string): Result<CaseReport, Message> | undefined => {
  const { exports } = useServices();
  const [report, setReport] = useState<Result<CaseReport, Message>>();
  useEffect(() => {
    let gone = false;
    void exports.report(patientKey, say).then((made) => !gone && setReport(made));
    return () => {
      gone = true;
    };
  }, [exports, patientKey]);
  return report;
};

/** While it is shown the page beneath answers to nothing, neither pointer nor keys. */
const useAlone = (onClose: () => void) => {
  useEffect(() => {
    const page = document.getElementById('root');
    const focused = document.activeElement;
    const onKey = (e: KeyboardEvent) => {
      if (e.key === 'Escape') onClose();
      e.stopImmediatePropagation();
    };
    page?.setAttribute('inert', '');
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      page?.removeAttribute('inert');
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, [onClose]);
};

/** The report as it will be printed; printing and PDF are the browser's own. */
export const ReportScreen = (props: { patientKey: string; onClose: () => void }) => {
  const { patientKey, onClose } = props;
  const report = useReport(patientKey);
  useAlone(onClose);
  return createPortal(
    <div
      className="report-screen"
      role="dialog"
      aria-modal="true"
      aria-label={t('Printable report')}
    >
      <div className="report-tools">
        <LetterheadForm />
        <button
          type="button"
          className="primary"
          autoFocus
          disabled={!report?.ok}
          onClick={() => window.print()}
        >
          {t('Print or save as PDF')}
        </button>
        <button type="button" onClick={onClose}>
          {t('Close')}
        </button>
      </div>
      {report?.ok && <ReportPage report={report.value} />}
      {report && !report.ok && (
        <p role="alert" className="alarm">
          {t('The report cannot be made: {reason}', { reason: say(report.error) })}
        </p>
      )}
    </div>,
    document.body,
  );
};
