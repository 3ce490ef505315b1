import {
  calibrationText,
  isSynthetic,
  sourceText,
  viewInWords,
  viewTitle,
  windowText,
  zoomText,
} from './view-labels.ts';
import { useViewState } from './use-view.ts';
import type { ViewerImage } from './viewer-types.ts';
import type { ViewportHandle } from './viewport-port.ts';
import { t } from '../i18n/text.ts';
import { useShownName } from '../names.ts';

const formatDate = (da: string) =>
  da.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') || t('no study date');

interface ViewLabelsProps {
  readonly view: ViewportHandle;
  readonly shown: ViewerImage;
  /** The side of the cell where the air is. */
  readonly side: 'left' | 'right';
}

const Grey = ({ view, shown: { image } }: Pick<ViewLabelsProps, 'view' | 'shown'>) => {
  const state = useViewState(view);
  if (state.sop === null) return null;
  return (
    <>
      <p data-label="window">
        {windowText(state)}
        {state.inverted ? ` ${t('inverted')}` : ''}
      </p>
      <p data-label="zoom">{zoomText(state, window.devicePixelRatio)}</p>
      <p data-label="calibration">{calibrationText(image)}</p>
    </>
  );
};

/** What the reader has to know of a view, in the corners on the air side. */
export const ViewLabels = ({ view, shown, side }: ViewLabelsProps) => {
  const { header } = shown;
  const shownName = useShownName();
  return (
    <div className={`view-labels ${side}`}>
      <div>
        <p
          className="view-title"
          data-label="view"
          title={t('Side and view: {source}', {
            source: `${viewInWords(header)}, ${sourceText(header)}`,
          })}
        >
          {viewTitle(header)}
        </p>
        <p className="view-source">{sourceText(header)}</p>
        <p data-label="patient">
          {shownName([header.patientName, header.patientId].filter(Boolean).join(' · ')) ||
            t('no name or ID')}
        </p>
        <p data-label="date">{formatDate(header.studyDate)}</p>
        {isSynthetic(header) ? <p className="view-synthetic">{t('SYNTHETIC')}</p> : null}
      </div>
      <div>
        <Grey view={view} shown={shown} />
      </div>
    </div>
  );
};
