import { useStore } from 'zustand';
import type { Time } from '../../../core/display/hanging/hanging-layout.ts';
import type { SearchStep } from '../layout/linked-views.ts';
import { isOfPriorExam } from '../../../state/studies-store.ts';
import { useServices, useStudies } from '../../services.tsx';
import { ScaleBar } from './ScaleBar.tsx';
import {
  calibrationText,
  dateText,
  doubtTexts,
  isSynthetic,
  sourceText,
  unusualTexts,
  viewInWords,
  viewTitle,
  windowText,
  zoomText,
} from './view-labels.ts';
import { ForeignLabels } from '../../foreign/ForeignLabels.tsx';
import { TrueSizeLabel } from '../measure/TrueSizeLabel.tsx';
import { sliceHint, sliceText, slabText } from '../slices/slice-words.ts';
import type { SliceWish } from '../../../ports/frames.ts';
import { Technique } from './Technique.tsx';
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
  /** What is on the screen of a volume. */
  readonly slice?: SliceWish | undefined;
}

/** How the picture on screen differs from the image as its maker meant it: never left to the hover. */
const Changed = ({ view }: Pick<ViewLabelsProps, 'view'>) => {
  const { sharpened, drawnShare } = useViewState(view);
  return (
    <>
      {drawnShare < 1 ? (
        <p
          className="view-unusual stays"
          data-label="reduced"
          title={t('The graphics device takes no larger picture; the loupe shows every pixel')}
        >
          {t('shown at {percent} % of its resolution', {
            percent: Math.floor(100 * drawnShare),
          })}
        </p>
      ) : null}
      {sharpened ? (
        <p className="view-unusual stays" data-label="sharpened">
          {t('sharpened')}
        </p>
      ) : null}
    </>
  );
};

/** Which slice of a volume is seen, or which slab. */
const Slice = ({ header, wish }: { header: ViewerImage['header']; wish: SliceWish }) => {
  const mode = useStore(useServices().slices, (s) => s.mode);
  if (!header.slices) return null;
  const slab = slabText(header.slices, wish, mode);
  return (
    <>
      {slab ? (
        <p className="view-unusual stays" data-label="slab">
          {slab}
        </p>
      ) : null}
      <p className="view-slice stays" data-label="slice" title={sliceHint(header.slices)}>
        {sliceText(header.slices, wish.index)}
      </p>
    </>
  );
};

const Grey = ({ view, shown: { image } }: Pick<ViewLabelsProps, 'view' | 'shown'>) => {
  const state = useViewState(view);
  if (state.sop === null) return null;
  return (
    <>
      <p data-label="window">
        {state.inverted ? <span className="view-inverted">{t('inverted')} </span> : null}
        <span className="on-hover">{windowText(state)}</span>
      </p>
      <p className="on-hover" data-label="zoom">
        {zoomText(state, window.devicePixelRatio)}
      </p>
      <p className="on-hover" data-label="calibration">
        {calibrationText(image)}
      </p>
      <ScaleBar view={view} image={image} />
      <TrueSizeLabel view={view} image={image} />
    </>
  );
};

/** That it is no picture of the patient's newest exam, whatever hangs beside it. */
const Prior = ({ header, time }: { header: ViewerImage['header']; time: Time }) => {
  const isPrior = useStudies((s) => isOfPriorExam(s.images, header.sopInstanceUid));
  if (time !== 'prior' && !isPrior) return null;
  return (
    <p
      className="view-prior stays"
      title={
        time === 'prior'
          ? t('For comparing: no marks are made on a prior')
          : t('A newer exam of this patient is open')
      }
    >
      {t('PRIOR')}
    </p>
  );
};

/** What is wrong with the image, or out of the ordinary. */
const Unusual = ({ header }: { header: ViewerImage['header'] }) => {
  const namesHidden = useNamesHidden();
  const unusual = unusualTexts(header);
  return (
    <>
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
      {unusual.length > 0 ? (
        <p className="view-unusual stays" data-label="unusual">
          {unusual.join(' · ')}
        </p>
      ) : null}
    </>
  );
};

/**
 * What the reader has to know of a view, in the corners on the air side: which view it is of whom and
 * when, how large, and what is out of the ordinary. The rest comes while the pointer is over the view.
 * What must not be overlooked stays to be read when marks and labels are hidden.
 */
export const ViewLabels = (props: ViewLabelsProps) => {
  const { view, shown, side, time, searchStep } = props;
  const { header } = shown;
  const part = { number: searchStep?.number ?? 0, count: searchStep?.count ?? 0 };
  const described = useStore(useServices().viewer, (s) => s.technique);
  return (
    <div className={`view-labels ${side}`} data-described={described || undefined}>
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
        <Prior {...{ header, time }} />
        <Unusual header={header} />
        <ForeignLabels header={header} />
        {isSynthetic(header) ? <p className="view-synthetic stays">{t('SYNTHETIC')}</p> : null}
        <p data-label="date">{dateText(header.studyDate)}</p>
        <p data-label="patient">
          <Who header={header} />
        </p>
        <p className="view-source on-hover">{sourceText(header)}</p>
        {described ? <Technique header={header} /> : null}
        {props.overlaysHidden ? (
          <p className="view-hidden stays" data-label="hidden">
            {t('Marks and labels hidden (H)')}
          </p>
        ) : null}
      </div>
      <div>
        {searchStep ? (
          <p className="view-step stays" data-label="step">
            {searchStep.native
              ? t('{view} 1:1, {number} of {count}', { view: viewTitle(header), ...part })
              : t('{number} of {count}', part)}
          </p>
        ) : null}
        {props.slice ? <Slice header={header} wish={props.slice} /> : null}
        <Changed view={view} />
        <Grey view={view} shown={shown} />
      </div>
    </div>
  );
};
