import { calibrationOf } from '../../core/display/measure/calibration.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import type { CaseReport } from '../../core/report/case-report.ts';
import type { KeyImage } from '../../core/report/key-image.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { BAR_MM, KeyPicture } from './KeyImage.tsx';
import { PAPER_MARK } from './ReportLesionSection.tsx';
import { captionOf, imageTitle } from './report-words.ts';

/** The longer bar where more than twice of it is on show. */
const barOf = (image: MammogramImage, { area }: KeyImage): number =>
  area.width * calibrationOf(image).column > 2 * BAR_MM.whole ? BAR_MM.whole : BAR_MM.lesion;

/** The views that the reader kept, as they were shown, with the marks on them. */
export const KeptViews = ({ report }: { report: CaseReport }) => {
  const { imageOf } = useServices();
  const open = useStudies((s) => s.images);
  const { keyImages = [], images, lesions } = report;
  if (keyImages.length === 0) return null;
  return (
    <section data-testid="report-key-images">
      <h2>{t('Key images')}</h2>
      <div className="report-key-images">
        {keyImages.map((kept, i) => {
          const { sopInstanceUid: sop } = kept;
          const [image, entry] = [imageOf(sop), images.find((e) => e.sopInstanceUid === sop)];
          const header = open.find((each) => each.header.sopInstanceUid === sop)?.header;
          if (!image || !header) return null;
          const view = imageTitle(entry);
          const marks = lesions.flatMap(({ number, marks: all }) =>
            all
              .filter((mark) => mark.sopInstanceUid === sop)
              .map((mark) => ({ mark, number, colour: PAPER_MARK })),
          );
          return (
            <figure key={kept.id}>
              <KeyPicture
                {...{ image, header, kept, marks }}
                side={1200}
                barMm={barOf(image, kept)}
                label={t('Key image {number}, {view}', { number: i + 1, view })}
              />
              <figcaption>
                {[
                  captionOf(view, image, barOf(image, kept)),
                  ...(kept.inverted ? [t('inverted')] : []),
                ].join(t(', '))}
              </figcaption>
            </figure>
          );
        })}
      </div>
    </section>
  );
};
