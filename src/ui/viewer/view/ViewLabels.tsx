import type { Time } from '../../../core/display/hanging/hanging-layout.ts';
import type { SearchStep } from '../layout/linked-views.ts';
import { ScaleBar } from './ScaleBar.tsx';
import {
  calibrationText,
  dateText,
  doubtTexts,
  isSynthetic,
  sourceText,
  viewInWords,
  viewTitle,
  windowText,
  zoomText,
} from './view-labels.ts';
import { TrueSizeLabel } from '../measure/TrueSizeLabel.tsx';
import { useViewState } from './use-view.ts';
import type { ViewerImage } from './viewer-types.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useNamesHidden, Who } from '../../names.tsx';

interface ViewLabelsProps {
  readonly view: ViewportHandle;
  readonly shown: ViewerImage;
  /** The side of the cell where the air is. */
  readonly side: 'left' | 'right';
  readonly time: Time;
  /** Marks and most labels are hidden; what must not be overlooked stays. */
  readonly overlaysHidden: boolean;
  readonly searchStep: SearchStep | undefined;
}

const Grey = ({ view, shown: { image } }: Pick<ViewLabelsProps, 'view' | 'shown'>) => {
  const state = useViewState(view);
  if (state.sop === null) return null;
  return (
    <>
      {state.sharpened ? (
        <p className="stays" data-label="sharpened">
          {t('sharpened')}
        </p>
      ) : null}
      <p data-label="window">
        {windowText(state)}
        {state.inverted ? ` ${t('inverted')}` : ''}
      </p>
      <p data-label="zoom">{zoomText(state, window.devicePixelRatio)}</p>
      <p data-label="calibration">{calibrationText(image)}</p>
      <ScaleBar view={view} image={image} />
      <TrueSizeLabel view={view} image={image} />
    </>
  );
};

/**
 * What the reader has to know of a view, in the corners on the air side. Which view it is, that it is
 * a prior or synthetic, and that marks are hidden stays to be read when the rest is hidden.
 */
export const ViewLabels = (props: ViewLabelsProps) => {
  const { view, shown, side, time, searchStep } = props;
  const { header } = shown;
  const namesHidden = useNamesHidden();
  return (
    <div className={`view-labels ${side}`}>
      <div>
        <p
          className="view-title stays"
          data-label="view"
          title={t('Side and view: {source}', {
            source: `${viewInWords(header)}, ${sourceText(header)}`,
          })}
        >
          {viewTitle(header)}
        </p>
        {time === 'prior' ? (
          <p className="view-prior stays" title={t('For comparing: no marks are made on a prior')}>
            {t('PRIOR')}
          </p>
        ) : null}
        {doubtTexts(header).map((text) => (
          <p key={text} className="view-doubt stays" data-label="doubt" title={text}>
            {t('SIDE OR VIEW IN DOUBT')} <span>{text}</span>
          </p>
        ))}
        {header.burnedInAnnotation ? (
          <p className="view-doubt stays" data-label="burned-in">
            {namesHidden
              ? t('NAMES ARE HIDDEN, BUT TEXT IS IN THE PICTURE')
              : t('TEXT IN THE PICTURE')}
          </p>
        ) : null}
        <p className="view-source">{sourceText(header)}</p>
        <p data-label="patient">
          <Who header={header} />
        </p>
        <p data-label="date">{dateText(header.studyDate)}</p>
        {isSynthetic(header) ? <p className="view-synthetic stays">{t('SYNTHETIC')}</p> : null}
        {props.overlaysHidden ? (
          <p className="view-hidden stays" data-label="hidden">
            {t('Marks and labels hidden (H)')}
          </p>
        ) : null}
      </div>
      <div>
        {searchStep ? (
          <p className="view-step stays" data-label="step">
            {t('{number} of {count}', { number: searchStep.number, count: searchStep.count })}
          </p>
        ) : null}
        <Grey view={view} shown={shown} />
      </div>
    </div>
  );
};
