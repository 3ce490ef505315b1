import type { CaseReport } from '../../core/report/case-report.ts';
import { rich } from '../components/rich.tsx';
import { t, tMessage } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { type DrawnMark, WholeImage } from './KeyImage.tsx';
import { imageTitle, patientLines } from './report-words.ts';
import { PAPER_MARK, ReportLesionSection } from './ReportLesionSection.tsx';

const Head = ({ report }: { report: CaseReport }) => (
  <header>
    <h1>{t('Lesion report')}</h1>
    <p className="report-use">
      {t('Research use only. Not a medical device; not for diagnosis or treatment decisions.')}
    </p>
    <dl>
      {patientLines(report).map(([name, value], i) => (
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

/** Every view that carries a mark, small: where in the breast the lesions are. */
const Overview = ({ report }: { report: CaseReport }) => {
  const { imageOf } = useServices();
  const open = useStudies((s) => s.images);
  const marksOn = (sop: string): readonly DrawnMark[] =>
    report.lesions.flatMap((lesion) =>
      lesion.marks
        .filter((mark) => mark.sopInstanceUid === sop)
        .map((mark) => ({ mark, number: lesion.number, colour: PAPER_MARK })),
    );
  return (
    <div className="report-overview">
      {report.images.map((entry) => {
        const { sopInstanceUid: sop } = entry;
        const [image, marks] = [imageOf(sop), marksOn(sop)];
        const header = open.find((i) => i.header.sopInstanceUid === sop)?.header;
        if (!image || !header || marks.length === 0) return null;
        const numbers = marks.map(({ number }) => number).join(', ');
        return (
          <figure key={sop}>
            <WholeImage
              {...{ image, header, marks }}
              label={t('{view}, whole view', { view: imageTitle(entry) })}
            />
            <figcaption>
              {t('{view}: lesion {numbers}', { view: imageTitle(entry), numbers })}
            </figcaption>
          </figure>
        );
      })}
    </div>
  );
};

const Foot = ({ report }: { report: CaseReport }) => {
  const { manifest } = useServices();
  const { pack, program, createdAt } = report;
  return (
    <footer className="small">
      {pack && (
        <>
          <p>
            {rich(
              t('Model: {name}, pack {id} {version}, SHA-256 of its manifest {hash}', {
                name: pack.name,
                id: pack.id,
                version: pack.version,
              }),
              { hash: <span className="hash">{pack.sha256}</span> },
            )}
          </p>
          {manifest && manifest.id === pack.id && (
            <>
              <p>{t('Intended use: {use}', { use: tMessage(manifest.intendedUse) })}</p>
              <p>
                {t('Not made for: {list}.', {
                  list: manifest.outOfScope.map((item) => tMessage(item)).join(t('; ')),
                })}
              </p>
            </>
          )}
        </>
      )}
      <p>
        {manifest?.id === pack?.id && manifest?.interval
          ? t(
              "The likelihood is that of lesions such as those the model was trained on. Its interval covers another calibration sample, another training and a box moved by up to 10 %, not other equipment. Boxes are the reader's, dashed outlines the program's.",
            )
          : t(
              "The likelihood is that of lesions such as those the model was trained on. Its interval says how well the calibration is known, not how another reader would mark. Boxes are the reader's, dashed outlines the program's.",
            )}
      </p>
      <p>
        {t('{program}, {moment}. Research use only.', {
          program: `${program.name} ${program.version}`,
          moment: createdAt.slice(0, 16).replace('T', ' '),
        })}
      </p>
    </footer>
  );
};

/** All about one patient, for paper: black on white, one page where it fits. */
export const ReportPage = ({ report }: { report: CaseReport }) => (
  <article className="report-page" data-testid="report-page">
    <Head report={report} />
    <Overview report={report} />
    {report.lesions.map((lesion) => (
      <ReportLesionSection key={lesion.id} {...{ report, lesion }} />
    ))}
    <Foot report={report} />
  </article>
);
