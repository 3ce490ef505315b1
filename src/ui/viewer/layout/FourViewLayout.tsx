import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import {
  chestWallOf,
  type Cell,
  type CellKey,
  type Place,
  type Time,
} from '../../../core/display/hanging/hanging-layout.ts';
import { repeatMarks } from '../../../core/dicom/view-label.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';
import type { HangingPlace } from '../../../core/dicom/hanging-place.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';
import { geometryOf } from '../../../core/image/image-geometry.ts';
import { runCommand } from '../../../commands/registry.ts';
import { t } from '../../../i18n/phrases/text.ts';
import type { OpenImage } from '../../../ports/analysis.ts';
import type { ViewportEngine } from '../../../ports/display.ts';
import { boxesOf } from '../../../state/exam-findings.ts';
import { hangingNow, type HangingNow } from '../../../state/hanging.ts';
import { nippleOf } from '../../../state/nipples-store.ts';
import type { ViewerState } from '../../../state/viewer-store.ts';
import { useShownName } from '../../names.tsx';
import { Notices } from '../../Notices.tsx';
import { useServices, useStudies } from '../../services.tsx';
import { useChosenId, useFindings } from '../../second-look/use-findings.ts';
import { LesionCrops } from '../crops/LesionCrops.tsx';
import { LoupeTools } from '../loupe/LoupeTools.tsx';
import { TrueScale } from '../measure/TrueScale.tsx';
import { ContextMenu, useContextMenu } from '../toolbar/ContextMenu.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { MammogramView } from '../view/MammogramView.tsx';
import { dateText, viewTitle } from '../view/view-labels.ts';
import { sopOf, type MarkingProps, type ViewerImage } from '../view/viewer-types.ts';
import type { CloseUp, Hung } from './linked-views.ts';
import { SequenceDialog } from './SequenceDialog.tsx';
import { useAskedImage } from './use-asked-image.ts';
import { useFitting } from './use-fitting.ts';
import { useHand, useUnderHand } from './use-hand.ts';
import { useRoomierLayout } from './use-roomier-layout.ts';
import { Flicker } from './Flicker.tsx';
import { useSizedWith } from './use-sized-with.ts';
import { useStage } from './use-stage.ts';

export interface FourViewLayoutProps extends Omit<MarkingProps, 'tool'> {
  readonly engine: ViewportEngine<HTMLDivElement>;
  /** The images on show and those of the prior study; they must have been added to the engine. */
  readonly images: readonly ViewerImage[];
}

/** Says to the toolbar whether there is a class-activation map on a view. */
const useMapped = (mapped: boolean): void => {
  const { viewer } = useServices();
  useEffect(() => {
    viewer.setState({ mapped });
    return () => viewer.setState({ mapped: false });
  }, [viewer, mapped]);
};

const Strip = (props: {
  images: readonly OpenImage[];
  /** All of the study, those in cells too. */
  all: readonly OpenImage[];
  /** The study of the selected view, whose images these are. */
  time: Time;
  onChoose: (sopInstanceUid: string) => void;
}) => {
  const shownName = useShownName();
  const marks = repeatMarks(props.all.map(({ header }) => header));
  return (
    <div className="viewer-strip" role="group" aria-label={t('Further images')}>
      <span>{t('Further images:')}</span>
      {props.images.map(({ header }) => (
        <button
          type="button"
          key={header.sopInstanceUid}
          title={t('{series} — show in the selected view', {
            series: shownName(header.seriesDescription),
          })}
          onClick={() => props.onChoose(header.sopInstanceUid)}
        >
          {props.time === 'prior' ? `${dateText(header.studyDate)} ` : ''}
          {viewTitle(header)} {marks.get(header.sopInstanceUid)}
        </button>
      ))}
    </div>
  );
};

const Missing = (props: { place: HangingPlace; time: Time; filling: boolean }) => {
  const { place, time, filling } = props;
  if (filling)
    return (
      <div className="viewer-missing" data-filling={place}>
        {place} …
      </div>
    );
  return (
    <div className="viewer-missing" data-missing={place}>
      {time === 'prior' ? t('No prior {view}', { view: place }) : t('No {view}', { view: place })}
    </div>
  );
};

type Pictures = ReadonlyMap<string, ViewerImage>;

const pictureIn = ({ shown }: Place<OpenImage>, pictures: Pictures): ViewerImage | undefined =>
  shown && pictures.get(shown.header.sopInstanceUid);

/** What the layout has to know of the image in a cell. */
const hungOf = (
  place: HangingPlace,
  shown: ViewerImage,
  nipple: (sop: string) => ImagePoint | undefined,
): Hung => ({
  sop: sopOf(shown),
  frame: breastFrame(
    geometryOf(shown.image),
    displayOrientation(shown.header),
    chestWallOf(place),
    shown.breast,
  ),
  shape: shown.breast,
  level: place.endsWith('CC') ? 'CC' : 'MLO',
  calibrated: shown.image.spacing !== undefined,
  nipple: nipple(sopOf(shown)),
});

/** What the layout knows of the images in cells. */
const useHung = (cells: readonly Cell<OpenImage>[], pictures: Pictures) => {
  const { nipples } = useServices();
  const { placed, landmarks } = useStore(nipples);
  return useMemo(() => {
    const nipple = (sop: string) => nippleOf({ placed, landmarks }, sop)?.point;
    return new Map<CellKey, Hung>(
      cells.flatMap((cell) => {
        const picture = pictureIn(cell, pictures);
        return picture ? [[cell.key, hungOf(cell.place, picture, nipple)] as const] : [];
      }),
    );
  }, [cells, pictures, placed, landmarks]);
};

/** What stands alone and is led, or registered, by the layout. */
const useCloseUp = (
  { alone }: Pick<ViewerState, 'alone'>,
  { flicker, onShow, active }: Pick<HangingNow, 'flicker' | 'onShow' | 'active'>,
): CloseUp | undefined => {
  const key = active?.key;
  const [current, prior] = onShow.cells.map((cell) => cell.key);
  return useMemo(() => {
    if (flicker && current && prior) return { as: 'flicker', current, prior };
    return alone?.as === 'quadrants' && key
      ? { as: 'quadrants', key, tile: alone.tile }
      : undefined;
  }, [alone, flicker, current, prior, key]);
};

/** How the exam on show hangs, drawn anew with every change. */
const useHanging = () => {
  const look = useStore(useServices().viewer);
  const studies = useStudies((s) => s);
  return { look, ...hangingNow(look, studies) };
};

/** Shows an image that was asked for elsewhere: where it hangs, else in the active view. */
const useShowAsked = (images: readonly ViewerImage[]): void => {
  const { viewer, studies } = useServices();
  useAskedImage(images, (image) => {
    const { all, current, active } = hangingNow(viewer.getState(), studies.getState());
    const sop = sopOf(image);
    const cell = current.cells.find(({ shown }) => shown?.header.sopInstanceUid === sop);
    const place = cell?.place ?? active?.place;
    if (!place) return;
    if (!cell) viewer.getState().choose('current', place, sop);
    // A layout that leaves its place out gives way to the one that suits the study.
    if (!all.cells.some(({ key }) => key === place))
      viewer.setState({ mode: undefined, times: 'current' });
    viewer.getState().turnTo(place);
  });
};

/**
 * The views of a study, by themselves or over those of the prior one: chest walls back to back, all
 * at one scale, and one of them alone where the reader asks for it.
 */
export const FourViewLayout = (props: FourViewLayoutProps) => {
  const { images, engine } = props;
  const { viewer, page } = useServices();
  const over = useStore(page, (s) => s.over);
  const hanging = useHanging();
  const { look, all, onShow, active, current, prior, flicker } = hanging;
  const { tool, sharpened, overlaysHidden, outlined, explained, opacity, alone } = look;
  const root = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLDivElement>(null);
  const pictures = useMemo(() => new Map(images.map((each) => [sopOf(each), each])), [images]);
  const chosenId = useChosenId();
  const chosen = useFindings().find(({ id }) => id === chosenId);
  const lesionMarks = props.lesions.find(({ id }) => id === props.selectedLesionId)?.marks;
  const findingMarks = useMemo(() => chosen && boxesOf(chosen), [chosen]);
  const selectedMarks = lesionMarks ?? findingMarks;
  // What is compared in one cell need not have a cell of its own in the layout.
  const drawn = useMemo(
    () => [
      ...all.cells,
      ...onShow.cells.filter(({ key }) => !all.cells.some((cell) => cell.key === key)),
    ],
    [all, onShow],
  );
  // As they hang, and then those that stand behind.
  const inOrder = useMemo(() => {
    const cells = [...current.cells, ...(prior?.cells ?? [])];
    return [...new Set([...cells.flatMap((cell) => pictureIn(cell, pictures) ?? []), ...images])];
  }, [current, prior, pictures, images]);
  const hung = useHung(drawn, pictures);
  const closeUp = useCloseUp(look, hanging);
  const stage = useStage(hung, root, selectedMarks, closeUp);
  const { setView, pointAt, searchStep } = stage;
  const fitting = useFitting(stage.fit);
  const menu = useContextMenu();
  useMapped(explained && Object.keys(props.activations ?? {}).length > 0);
  useShowAsked(images);
  const four = useMemo(
    () =>
      current.cells.flatMap((cell) => {
        const picture = pictureIn(cell, pictures);
        return picture ? [hungOf(cell.place, picture, () => undefined)] : [];
      }),
    [current, pictures],
  );
  useHand(cells);
  const complete = current.missing.length === 0;
  const choiceOwed = useRoomierLayout(cells, four, complete);
  const seen = onShow.cells.map(({ key }) => key).join(' ');
  const isOnShow = ({ key }: Cell<OpenImage>) => onShow.cells.some((cell) => cell.key === key);
  const ofActive = active?.time === 'prior' ? prior : current;
  const rest = ofActive?.rest ?? [];
  const hasRest = rest.length > 0;
  const hasStrip = useUnderHand(hasRest);
  const crops = look.crops && selectedMarks !== undefined;
  const beside = [look.fullScreen, crops, hasStrip].join(' ');
  useSizedWith(
    `${seen} in ${onShow.columns} x ${onShow.rows}, beside ${beside}`,
    cells,
    stage.resize,
  );

  return (
    <div className="viewer" ref={root} data-overlays={overlaysHidden ? 'hidden' : undefined}>
      {look.fullScreen ? <Toolbar /> : null}
      {look.fullScreen ? <Notices /> : null}
      <TrueScale />
      {over === 'sequence' ? (
        <SequenceDialog onClose={() => page.setState({ over: undefined })} />
      ) : null}
      <div
        className="viewer-cells own-colours"
        ref={cells}
        data-layout={all.mode}
        data-enlarged={alone ? active?.place : undefined}
        data-flicker={flicker}
        aria-busy={
          (look.filling && !complete) || choiceOwed || fitting.owed || hasStrip !== hasRest
        }
        style={{
          gridTemplate: `repeat(${onShow.rows}, minmax(0, 1fr)) / repeat(${onShow.columns}, minmax(0, 1fr))`,
        }}
        {...menu.handlers}
      >
        {drawn.map((cell) => {
          const picture = pictureIn(cell, pictures);
          return (
            <div
              className="viewer-cell"
              key={cell.key}
              data-place={cell.key}
              hidden={!isOnShow(cell)}
              data-behind={flicker && cell.time !== flicker ? true : undefined}
              onPointerMove={(e) => {
                const { left, top } = e.currentTarget.getBoundingClientRect();
                pointAt(cell.key, { x: e.clientX - left, y: e.clientY - top });
              }}
              onPointerLeave={() => pointAt(cell.key, undefined)}
            >
              {picture ? (
                <MammogramView
                  {...props}
                  {...{ engine, tool, sharpened, overlaysHidden }}
                  shown={picture}
                  time={cell.time}
                  {...(outlined ? {} : { outlines: {} })}
                  activationOpacity={explained ? opacity : 0}
                  chestWall={chestWallOf(cell.place)}
                  active={cell.key === active?.key && onShow.cells.length > 1 && !flicker}
                  commanded={cell.key === active?.key}
                  selected={cell.key === active?.key && !flicker}
                  searchStep={searchStep?.keys.includes(cell.key) ? searchStep : undefined}
                  onActivate={() => (flicker ? undefined : viewer.getState().turnTo(cell.key))}
                  onEnlarge={() => {
                    if (!flicker) viewer.getState().turnTo(cell.key);
                    runCommand('viewer.enlarge');
                  }}
                  onView={(each) => setView(cell.key, each)}
                  onFit={fitting.onFit}
                />
              ) : (
                <Missing place={cell.place} time={cell.time} filling={look.filling} />
              )}
            </div>
          );
        })}
        {closeUp?.as === 'flicker' && flicker ? (
          <Flicker {...{ hung, flicker }} pair={closeUp} pictures={pictures} />
        ) : null}
        <div className="viewer-float">
          <LoupeTools />
        </div>
      </div>
      {look.crops && selectedMarks ? (
        <LesionCrops
          images={inOrder}
          marks={selectedMarks}
          number={props.lesions.find(({ marks }) => marks === selectedMarks)?.label}
        />
      ) : null}
      {menu.at ? <ContextMenu at={menu.at} onClose={menu.close} /> : null}
      {all.mode === 'row' && current.absent.length > 0 && active && !alone && !look.filling ? (
        <p className="viewer-note">
          {t('Not among the images: {views}', { views: current.absent.join(', ') })}
        </p>
      ) : null}
      {hasStrip && active ? (
        <Strip
          images={rest}
          all={[...(ofActive?.cells.flatMap(({ shown }) => shown ?? []) ?? []), ...rest]}
          time={active.time}
          onChoose={(sop) => viewer.getState().choose(active.time, active.place, sop)}
        />
      ) : null}
    </div>
  );
};
