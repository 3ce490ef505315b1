import { runCommand } from '../../commands/registry.ts';
import { message } from '../../core/message/message.ts';
import { repeatMarks, viewLabel } from '../../core/dicom/view-label.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { imagesOnShow } from '../../state/studies-store.ts';
import { formatDate } from '../format.ts';
import { useServices, useStudies } from '../services.tsx';
import { viewInWords } from '../viewer/view/view-labels.ts';
import { Icon } from '../viewer/toolbar/icons.tsx';
import { Thumbnail } from './Thumbnail.tsx';

/** The patient column put aside: the images on show, each to be brought into a view. */
export const PatientRail = () => {
  const { showRequest } = useServices();
  const progress = useStudies((s) => s.progress);
  const notes = useStudies((s) => s.problems.length + s.remarks.length);
  const noted = say(message('page.notes', { count: notes }));
  const images = imagesOnShow(useStudies((s) => s));
  const marks = repeatMarks(images.map(({ header }) => header));
  return (
    <nav className="patient-rail" aria-label={t('Images on show')}>
      <button
        type="button"
        className="icon-button"
        aria-label={t('Open files')}
        title={t('Open files')}
        onClick={() => runCommand('open.files')}
      >
        <Icon name="open.files" />
      </button>
      {progress ? (
        <progress
          aria-label={t('Opening: {done} of {total} files', {
            done: progress.done,
            total: progress.total,
          })}
          value={progress.done}
          max={Math.max(progress.total, 1)}
        />
      ) : null}
      {notes > 0 ? (
        <button
          type="button"
          className="rail-notes"
          title={noted}
          onClick={() => runCommand('page.fold-patients')}
        >
          <span aria-hidden="true">! {notes}</span>
          <span className="unseen">{noted}</span>
        </button>
      ) : null}
      <ul>
        {images.map(({ header }) => {
          const name = t('Show {view} of {date}', {
            view: [viewInWords(header), marks.get(header.sopInstanceUid)].filter(Boolean).join(' '),
            date: formatDate(header.studyDate),
          });
          return (
            <li key={header.sopInstanceUid}>
              <button
                type="button"
                aria-label={name}
                title={name}
                onClick={() => showRequest.getState().ask(header.sopInstanceUid)}
              >
                <Thumbnail header={header} />
                <span aria-hidden="true">
                  {viewLabel(header)} {marks.get(header.sopInstanceUid)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
};
