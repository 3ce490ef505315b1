import { useStore } from 'zustand';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { lesionSize } from '../../core/lesion/lesion-size.ts';
import { isScoreHidden } from '../../core/lesion/reading.ts';
import { t } from '../../i18n/phrases/text.ts';
import { headerOfLesion } from '../../state/follow-ups.ts';
import { imagesOfPatient } from '../../state/studies-store.ts';
import { inWords } from '../commands/words.ts';
import { Dialog } from '../components/Dialog.tsx';
import { describedAs } from '../descriptor-words.ts';
import { formatDate, percent, viewName } from '../format.ts';
import { useLocate } from '../lesion-panel/use-location.ts';
import { changeWords, sizeWords, useLinked, useSizedViews } from '../lesion-sizes.ts';
import { locationShort } from '../location-words.ts';
import { useAssumedPrevalence } from '../prevalence.ts';
import {
  usePatientLesions,
  useReadingFirst,
  useScoreOnShow,
  useServices,
  useStudies,
} from '../services.tsx';

/** What stands in the row of any lesion, in words; '' where there is nothing to say. */
const useRows = () => {
  const images = useStudies((s) => s.images);
  const [locate, sizesOf, linkedOf] = [useLocate(), useSizedViews(), useLinked()];
  const [scoreOf, readingFirst] = [useScoreOnShow(), useReadingFirst()];
  const { shift } = useAssumedPrevalence();
  const scoreWords = (lesion: Lesion): string => {
    if (isScoreHidden(lesion, readingFirst)) return t('hidden');
    const result = scoreOf(lesion);
    return result.phase === 'scored'
      ? percent(shift(result.answer.score.likelihood.value))
      : t('no score');
  };
  return (lesion: Lesion) => {
    const { readings = [], descriptors = {} } = lesion;
    const [place, size, last] = [locate(lesion), lesionSize(sizesOf(lesion)), readings.at(-1)];
    const linked = linkedOf(lesion);
    const views = imagesOfPatient(images, lesion.patientKey)
      .filter(({ header }) => header.sopInstanceUid in lesion.marks)
      .map(({ header }) => viewName(header));
    return {
      exam: formatDate(headerOfLesion(lesion, images)?.studyDate),
      place: place ? locationShort(place) : '',
      views: views.join(' + '),
      size: size ? sizeWords(size) : '',
      score: scoreWords(lesion),
      assessment: [last?.biRads, last?.suspicion].filter((part) => part !== undefined).join(' · '),
      descriptors: describedAs(descriptors),
      earlier: linked
        ? [
            formatDate(linked.header.studyDate),
            linked.change ? changeWords(linked.change) : t('no sizes'),
          ].join(': ')
        : '',
    };
  };
};

const headings = () =>
  [
    ['exam', t('Exam')],
    ['place', t('Place')],
    ['views', t('Views')],
    ['size', t('Size')],
    ['score', t('Likelihood')],
    ['assessment', t('You')],
    ['descriptors', t('Descriptors')],
    ['earlier', t('Earlier')],
  ] as const;

/** All lesions of the patient, a row each; a press on one goes to it. */
const Table = ({ onClose }: { onClose: () => void }) => {
  const { lesions } = useServices();
  const own = usePatientLesions(useStudies((s) => s.patientKey));
  const rowOf = useRows();
  const columns = headings();
  if (own.length === 0) return <p>{t('No lesion is marked.')}</p>;
  const goTo = ({ id }: Lesion) => {
    lesions.getState().select(id);
    onClose();
  };
  return (
    <div className="lesion-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Lesion')}</th>
            {columns.map(([column, heading]) => (
              <th scope="col" key={column}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {own.map((lesion) => {
            const row = rowOf(lesion);
            return (
              <tr key={lesion.id} data-testid={`row-${lesion.number}`}>
                <th scope="row">
                  <button
                    type="button"
                    aria-label={t('Lesion {number}', { number: lesion.number })}
                    onClick={() => goTo(lesion)}
                  >
                    {lesion.number}
                  </button>
                </th>
                {columns.map(([column]) => (
                  <td key={column} data-column={column}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="fine">
        {t(
          'Size: the longest extent of the outline, else the longer side of the box, largest of the views, in the plane of each image. Research use only. Not a diagnosis.',
        )}
      </p>
    </div>
  );
};

/** The lesions of the patient on show at a glance, where the reader asked for them. */
export const LesionTable = () => {
  const { page } = useServices();
  const onClose = () => page.setState({ over: undefined });
  return useStore(page, (s) => s.over) === 'lesions' ? (
    <Dialog title={inWords('lesions.table')} className="lesion-table-dialog" onClose={onClose}>
      <Table onClose={onClose} />
    </Dialog>
  ) : null;
};
