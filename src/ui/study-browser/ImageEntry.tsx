import { useState } from 'react';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { isSettled } from '../../core/dicom/view-doubts.ts';
import { isCorrected } from '../../core/dicom/view-correction.ts';
import { viewLabel } from '../../core/dicom/view-label.ts';
import { formatDate } from '../format.ts';
import { t } from '../../i18n/phrases/text.ts';
import { KeyImageMark } from '../foreign/ForeignLabels.tsx';
import { useShownName } from '../names.tsx';
import { useServices } from '../services.tsx';
import { viewInWords } from '../viewer/view/view-labels.ts';
import { CorrectView } from './CorrectView.tsx';
import { Thumbnail } from './Thumbnail.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

/** One image of a study: its picture, which shows it on a click, and its view, which can be corrected. */
export const ImageEntry = (props: {
  image: OpenImage;
  /** What tells it from others of its view. */
  mark: string | undefined;
}) => {
  const { image, mark = '' } = props;
  const { studies, showRequest } = useServices();
  const [correcting, setCorrecting] = useState(false);
  const shownName = useShownName();
  const { header, path } = image;
  const view = [viewInWords(header), mark].filter(Boolean).join(' ');
  const inDoubt = !isSettled(header);
  const show = () => {
    const { images, showStudy } = studies.getState();
    const key = patientKeyIn(images, header.sopInstanceUid);
    if (key !== undefined) showStudy(key, header.studyInstanceUid);
    showRequest.getState().ask(header.sopInstanceUid);
  };
  return (
    <li title={shownName(path)} data-image={header.sopInstanceUid}>
      <button
        type="button"
        className="show-image"
        aria-label={t('Show {view} of {date}', { view, date: formatDate(header.studyDate) })}
        onClick={show}
      >
        <Thumbnail header={header} />
      </button>
      <button
        type="button"
        className={isCorrected(header) ? 'image-view corrected' : 'image-view'}
        title={t('Correct side and view')}
        aria-label={t('Correct side and view of {view}', { view })}
        onClick={() => setCorrecting(true)}
      >
        {viewLabel(header)} {mark}
        {isCorrected(header) ? <span>{t('set by reader')}</span> : null}
        <KeyImageMark header={header} />
        {inDoubt ? <span>{t('in doubt: say which')}</span> : null}
      </button>
      {correcting ? <CorrectView image={image} onClose={() => setCorrecting(false)} /> : null}
    </li>
  );
};
