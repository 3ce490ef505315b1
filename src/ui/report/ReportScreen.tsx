import type { Message } from '../../core/message/message.ts';
import { useEffect, useState } from 'react';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import type { Result } from '../../core/message/result.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { PaperScreen } from '../components/PaperScreen.tsx';
import { useServices } from '../services.tsx';
import { LetterheadForm } from './ReportHead.tsx';
import { ReportPage } from './ReportPage.tsx';
import { Unrecorded } from './Unrecorded.tsx';

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

/** The report as it will be printed; printing and PDF are the browser's own. */
export const ReportScreen = (props: {
  patientKey: string;
  lesions: readonly Lesion[];
  onClose: () => void;
}) => {
  const { patientKey, onClose } = props;
  const report = useReport(patientKey);
  return (
    <PaperScreen
      title={t('Printable report')}
      tools={
        <>
          <Unrecorded lesions={props.lesions} />
          <LetterheadForm />
        </>
      }
      ready={report?.ok === true}
      onClose={onClose}
    >
      {report?.ok && <ReportPage report={report.value} />}
      {report && !report.ok && (
        <p role="alert" className="alarm">
          {t('The report cannot be made: {reason}', { reason: say(report.error) })}
        </p>
      )}
    </PaperScreen>
  );
};
