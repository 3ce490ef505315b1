import type { CaseReport } from '../../core/report/case-report.ts';
import {
  type Found,
  findingOfLesion,
  type ReportFinding,
  type ReportSecondLook,
} from '../../core/report/report-second-look.ts';
import { t } from '../../i18n/phrases/text.ts';
import { percent } from '../format.ts';
import { placeWords } from '../location-words.ts';
import { imageTitle } from './report-words.ts';

const titleOf = ({ images }: CaseReport, sop: string): string =>
  imageTitle(images.find((image) => image.sopInstanceUid === sop));

const momentText = (at: string): string => at.slice(0, 16).replace('T', ' ');

const viewsOf = (report: CaseReport, marks: readonly { readonly sopInstanceUid: string }[]) =>
  marks.map(({ sopInstanceUid }) => titleOf(report, sopInstanceUid)).join(' + ');

const lesionNumber = ({ lesions }: CaseReport, id: string | undefined) =>
  lesions.find((lesion) => lesion.id === id)?.number ?? '';

/** What the reader made of a finding, in words for paper. */
const answerWords = (report: CaseReport, finding: ReportFinding): string => {
  const { answer, reason, lesionId, at } = finding;
  const when = at === undefined ? [] : [momentText(at)];
  const number = lesionNumber(report, lesionId);
  switch (answer) {
    case 'accepted':
      return [t('accepted: lesion {number}', { number }), ...when].join(t(', '));
    case 'agrees':
      return t("agrees with the reader's lesion {number}", { number });
    case 'dismissed':
      return [t('dismissed: {reason}', { reason: reason?.text ?? '' }), ...when].join(t(', '));
    default:
      return t('not answered');
  }
};

const Findings = ({ report, look }: { report: CaseReport; look: ReportSecondLook }) => (
  <table data-testid="report-findings">
    <thead>
      <tr>
        <th scope="col">{t('Finding')}</th>
        <th scope="col">{t('View')}</th>
        <th scope="col">{t('Place')}</th>
        <th scope="col">{t('Probability of a mass')}</th>
        <th scope="col">{t("Reader's answer")}</th>
      </tr>
    </thead>
    <tbody>
      {look.findings.map((finding) => (
        <tr key={finding.id}>
          <th scope="row">{finding.rank}</th>
          <td>{viewsOf(report, finding.marks)}</td>
          <td>{finding.location ? placeWords(finding.location) : ''}</td>
          <td>{percent(finding.mass)}</td>
          <td>{answerWords(report, finding)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Before and after: what the reader had marked alone, and what the second look led to. */
const Before = ({ report, look }: { report: CaseReport; look: ReportSecondLook }) => (
  <p>
    {look.before.length > 0
      ? t("The reader's own look was done at {moment}; marked by then: {lesions}.", {
          moment: momentText(look.doneAt),
          lesions: look.before
            .map(({ number, marks }) =>
              t('lesion {number} ({views})', { number, views: viewsOf(report, marks) }),
            )
            .join(t(', ')),
        })
      : t("The reader's own look was done at {moment}; nothing was marked by then.", {
          moment: momentText(look.doneAt),
        })}
  </p>
);

/** The second look at one exam, where the reader has asked for it. */
export const ReportSecondLookSection = (props: { report: CaseReport; look: ReportSecondLook }) => {
  const { report, look } = props;
  return (
    <section className="report-lesion" data-testid="report-second-look">
      <h2>{t('Second look')}</h2>
      <Before {...props} />
      {look.findings.length > 0 ? (
        <Findings {...props} />
      ) : (
        <p>{t('No mark at this operating point. This does not call a breast normal.')}</p>
      )}
      {look.notLookedAt.map(({ sopInstanceUid, reason }) => (
        <p key={sopInstanceUid}>
          {t('{view} was not looked at: {reason}', {
            view: titleOf(report, sopInstanceUid),
            reason,
          })}
        </p>
      ))}
      <p className="small">
        {[
          t('Finder: {name}; {marks} marks an image without a mass.', {
            name: look.finder.name,
            marks: look.falseMarks,
          }),
          t(
            "The probability of a mass is that among the archive's films, and no likelihood of malignancy.",
          ),
          ...look.notes,
        ].join(' ')}
      </p>
    </section>
  );
};

/** In the section of a lesion: what the second look has to do with it. */
export const LesionFound = ({ report, lesionId }: { report: CaseReport; lesionId: string }) => {
  const found: Found | undefined = findingOfLesion(report, lesionId);
  if (!found) return null;
  return (
    <p data-testid="report-found">
      {t('Second look, finding {number}', { number: found.finding.rank })}
      {t(': ')}
      {found.finding.answer === 'accepted'
        ? t('found by the program first, accepted by the reader')
        : t('marked by the reader too')}
    </p>
  );
};
