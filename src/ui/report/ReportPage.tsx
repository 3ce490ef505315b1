import { HANGING_PLACES } from '../../core/dicom/hanging-place.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import { rich } from '../components/rich.tsx';
import { t, tData } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { isSynthetic } from '../viewer/view/view-labels.ts';
import { BAR_MM, type DrawnMark, WholeImage } from './KeyImage.tsx';
import { captionOf, datedTitle, imageTitle } from './report-words.ts';
import { Conclusion } from './Conclusion.tsx';
import { KeptViews } from './KeptViews.tsx';
import { ReportHead, useReaderName } from './ReportHead.tsx';
import { PAPER_MARK, ReportLesionSection } from './ReportLesionSection.tsx';
import { ReportSecondLookSection } from './ReportSecondLook.tsx';

/** As views hang; others after them. */
const asHung = (images: CaseReport['images']): CaseReport['images'] => {
  const placeOf = (image: CaseReport['images'][number]): number => {
    const place = (HANGING_PLACES as readonly string[]).indexOf(imageTitle(image));
    return place < 0 ? HANGING_PLACES.length : place;
  };
  return images.toSorted((a, b) => placeOf(a) - placeOf(b));
};

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
      {asHung(report.images).map((entry) => {
        const { sopInstanceUid: sop } = entry;
        const [image, marks] = [imageOf(sop), marksOn(sop)];
        const header = open.find((i) => i.header.sopInstanceUid === sop)?.header;
        if (!image || !header || marks.length === 0) return null;
        const numbers = marks.map(({ number }) => number).join(', ');
        return (
          <figure key={sop}>
            <WholeImage
              {...{ image, header, marks }}
              label={t('{view}, whole view', { view: datedTitle(report, entry) })}
            />
            <figcaption>
              {captionOf(
                t('{view}: lesion {numbers}', { view: datedTitle(report, entry), numbers }),
                image,
                BAR_MM.whole,
              )}
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
              <p>{t('Intended use: {use}', { use: tData(manifest.intendedUse) })}</p>
              <p>
                {t('Not made for: {list}.', {
                  list: manifest.outOfScope.map((item) => tData(item)).join(t('; ')),
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

/** Room for a hand to sign: a report speaks for whoever signs it, not for the program. */
const Signature = () => {
  const reader = useReaderName();
  return (
    <dl className="report-signature" data-testid="report-signature">
      <div>
        <dt>{t('Reader')}</dt>
        <dd>{reader}</dd>
      </div>
      <div>
        <dt>{t('Signature')}</dt>
        <dd />
      </div>
      <div>
        <dt>{t('Date')}</dt>
        <dd />
      </div>
    </dl>
  );
};

/** Across every sheet of a report about pictures that were computed: nobody may take it for a patient's. */
const Watermark = ({ report }: { report: CaseReport }) => {
  const open = useStudies((s) => s.images);
  const ours = new Set(report.images.map(({ sopInstanceUid }) => sopInstanceUid));
  const synthetic = open.some(
    ({ header }) => ours.has(header.sopInstanceUid) && isSynthetic(header),
  );
  return synthetic ? (
    // Drawn by the style: it is pale on purpose, and name and description say it in full contrast.
    <div
      className="report-watermark"
      data-testid="report-watermark"
      data-word={t('SYNTHETIC')}
      aria-hidden="true"
    />
  ) : null;
};

/** All about one patient, for paper: black on white, the conclusion first. */
export const ReportPage = ({ report }: { report: CaseReport }) => (
  <article className="paper report-page" data-testid="report-page">
    <Watermark report={report} />
    <ReportHead report={report} />
    <Conclusion report={report} />
    <Overview report={report} />
    <KeptViews report={report} />
    {report.lesions.map((lesion) => (
      <ReportLesionSection key={lesion.id} {...{ report, lesion }} />
    ))}
    {report.secondLooks?.map((look) => (
      <ReportSecondLookSection key={look.doneAt} {...{ report, look }} />
    ))}
    <Signature />
    <Foot report={report} />
  </article>
);
