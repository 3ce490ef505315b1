import { useStore } from 'zustand';
import type { CaseReport } from '../../core/report/case-report.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useNamesHidden } from '../names.tsx';
import { useServices } from '../services.tsx';
import { patientLines } from './report-words.ts';

/** The name of whoever reads, for the head and the signature; none while names are hidden. */
export const useReaderName = (): string => {
  const name = useStore(useServices().settings, (s) => s.readerName.trim());
  return useNamesHidden() ? '' : name;
};

/** Where it was read, what this is, who it is about, and by whom. */
export const ReportHead = ({ report }: { report: CaseReport }) => {
  const letterhead = useStore(useServices().settings, (s) => s.letterhead.trim());
  const namesHidden = useNamesHidden();
  const reader = useReaderName();
  const lines = [...patientLines(report), ...(reader ? [[t('Reader'), reader] as const] : [])];
  return (
    <header>
      {letterhead && !namesHidden && (
        <p className="report-letterhead" data-testid="report-letterhead">
          {letterhead}
        </p>
      )}
      <h1>{t('Lesion report')}</h1>
      <p className="report-use">
        {t('Research use only. Not a medical device; not for diagnosis or treatment decisions.')}
      </p>
      <dl>
        {lines.map(([name, value], i) => (
          <div key={i}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
};

/** What stands at the head of every report from here: kept in this browser. */
export const LetterheadForm = () => {
  const { settings } = useServices();
  const { letterhead, readerName } = useStore(settings);
  const { headReports } = settings.getState();
  return (
    <details className="report-letterhead-form">
      <summary>{t('Letterhead and reader')}</summary>
      <label>
        {t('Institution and address')}
        <textarea
          rows={3}
          maxLength={1000}
          value={letterhead}
          onChange={(e) => headReports({ letterhead: e.target.value })}
        />
      </label>
      <label>
        {t('Reader')}
        <input
          type="text"
          maxLength={200}
          value={readerName}
          onChange={(e) => headReports({ readerName: e.target.value })}
        />
      </label>
      <p className="fine">{t('Kept in this browser; not printed while names are hidden.')}</p>
    </details>
  );
};
