import { useMemo, useRef, useState } from 'react';
import { breastFrame } from '../../../core/display/hanging/breast-frame.ts';
import { boxCentre } from '../../../core/geometry/box.ts';
import { geometryOf } from '../../../core/image/image-geometry.ts';
import { useCommands } from '../../commands/use-commands.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useShownName } from '../../names.tsx';
import {
  arrange,
  chestWallOf,
  layOut,
  modesThere,
  type Cell,
  type CellKey,
  type Chosen,
  type LayoutMode,
  type Time,
} from './hanging-layout.ts';
import type { Hung } from './linked-views.ts';
import { LoupeTools } from '../loupe/LoupeTools.tsx';
import { MammogramView } from '../view/MammogramView.tsx';
import { MeasureTools } from '../measure/MeasureTools.tsx';
import { Toolbar, toTissueWindow } from '../toolbar/Toolbar.tsx';
import { useAskedImage } from './use-asked-image.ts';
import { useFullScreen } from './use-full-screen.ts';
import { useLinkedViews } from './use-linked-views.ts';
import { viewerCommands } from '../toolbar/viewer-commands.ts';
import { isDrawing, sopOf, type MarkingProps, type ViewerImage } from '../view/viewer-types.ts';
import { dateText, viewTitle } from '../view/view-labels.ts';
import type { PrimaryTool, ViewportEngine } from '../../../ports/display.ts';
import '../view/viewer.css';
import type { HangingPlace } from '../../../core/dicom/hanging-place.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';
import type { Links } from '../../../ports/storage.ts';

export interface FourViewLayoutProps extends MarkingProps {
  readonly engine: ViewportEngine<HTMLDivElement>;
  /** The images of one study; they must have been added to the engine. */
  readonly images: readonly ViewerImage[];
  /** The images of the newest earlier study of the patient; empty where none is open. */
  readonly priorImages: readonly ViewerImage[];
  readonly links: Links;
  readonly onLinksChange: (change: Partial<Links>) => void;
  readonly onToolChange: (tool: PrimaryTool) => void;
}

const Strip = (props: {
  images: readonly ViewerImage[];
  /** The study of the selected view, whose images these are. */
  time: Time;
  onChoose: (image: ViewerImage) => void;
}) => {
  const shownName = useShownName();
  return (
    <div className="viewer-strip" role="group" aria-label={t('Further images')}>
      <span>{t('Further images:')}</span>
      {props.images.map((image) => (
        <button
          type="button"
          key={sopOf(image)}
          title={t('{series} — show in the selected view', {
            series: shownName(image.header.seriesDescription),
          })}
          onClick={() => props.onChoose(image)}
        >
          {props.time === 'prior' ? `${dateText(image.header.studyDate)} ` : ''}
          {viewTitle(image.header)}
        </button>
      ))}
    </div>
  );
};

const Missing = ({ place, time }: { place: HangingPlace; time: Time }) => (
  <div className="viewer-missing" data-missing={place}>
    {time === 'prior' ? t('No prior {view}', { view: place }) : t('No {view}', { view: place })}
  </div>
);

/** What the layout has to know of the image in a cell. */
const hungOf = ({ place, shown }: Cell): Hung | undefined => {
  if (!shown) return undefined;
  const geometry = geometryOf(shown.image);
  const { breast } = shown;
  return {
    sop: sopOf(shown),
    frame: breastFrame(geometry, displayOrientation(shown.header), chestWallOf(place), breast),
    shape: breast,
    level: place.endsWith('CC') ? 'CC' : 'MLO',
    calibrated: shown.image.spacing !== undefined,
  };
};

const hungIn = (cells: readonly Cell[]): ReadonlyMap<CellKey, Hung> =>
  new Map(
    cells.flatMap((cell) => {
      const hung = hungOf(cell);
      return hung ? [[cell.key, hung] as const] : [];
    }),
  );

type Chosens = Readonly<Record<Time, Chosen>>;

/**
 * The views of a study, by themselves or over those of the prior one: chest walls back to back, all
 * at one scale, and one of them alone where the reader asks for it.
 */
export const FourViewLayout = (props: FourViewLayoutProps) => {
  const { images, priorImages, engine, tool, onToolChange, links, onLinksChange } = props;
  const [chosen, setChosen] = useState<Chosens>({ current: {}, prior: {} });
  const [mode, setMode] = useState<LayoutMode>();
  const [times, setTimes] = useState<Time | 'both'>('current');
  const [wanted, setWanted] = useState<CellKey>();
  const [enlarged, setEnlarged] = useState(false);
  const [outlined, setOutlined] = useState(true);
  const [explained, setExplained] = useState(false);
  const [opacity, setOpacity] = useState(0.5);
  const [sharpened, setSharpened] = useState(false);
  const [hidden, setHidden] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const [fullScreen, toggleFullScreen] = useFullScreen(root);

  const { current: chosenNow, prior: chosenBefore } = chosen;
  const current = useMemo(() => layOut(images, chosenNow), [images, chosenNow]);
  const prior = useMemo(
    () => (priorImages.length > 0 ? layOut(priorImages, chosenBefore) : undefined),
    [priorImages, chosenBefore],
  );
  const all = useMemo(
    () => arrange(current, prior, { mode, times, alone: undefined }),
    [current, prior, mode, times],
  );
  const filled = all.cells.filter((cell) => cell.shown);
  const active = filled.find((cell) => cell.key === wanted) ?? filled[0];
  const alone = enlarged ? active?.place : undefined;
  const onShow = alone ? arrange(current, prior, { mode, times, alone }) : all;
  const isOnShow = ({ key }: Cell) => onShow.cells.some((cell) => cell.key === key);

  const hung = useMemo(() => hungIn(all.cells), [all]);
  const selectedMarks = props.lesions.find(({ id }) => id === props.selectedLesionId)?.marks;
  const linked = useLinkedViews(hung, links, selectedMarks);
  const { views, setView, fit, step, oneToOne, centre, pointAt, apart, searchStep } = linked;
  const view = active && views.get(active.key);
  const study = active?.time === 'prior' ? prior : current;
  const rest = study?.rest ?? [];
  // Who takes up a drawing tool wants to see the marks; the key hides them all the same.
  const [toolBefore, setToolBefore] = useState(tool);
  if (tool !== toolBefore) {
    setToolBefore(tool);
    if (isDrawing(tool)) setHidden(false);
  }
  const overlaysHidden = hidden;

  useAskedImage(images, (image) => {
    const cell = current.cells.find((each) => each.shown && sopOf(each.shown) === sopOf(image));
    const place = cell?.place ?? active?.place;
    if (!place) return;
    if (!cell) setChosen((now) => ({ ...now, current: { ...now.current, [place]: sopOf(image) } }));
    // A layout that leaves its place out gives way to the one that suits the study.
    if (!all.cells.some(({ key }) => key === place)) {
      setMode(undefined);
      setTimes('current');
    }
    setWanted(place);
  });

  const changeMode = (next: LayoutMode) => {
    setMode(next);
    setEnlarged(false);
  };
  const toggleTimes = (next: Exclude<Time, 'current'> | 'both') => {
    if (prior) setTimes((now) => (now === next ? 'current' : next));
  };
  const toggleLink = (link: keyof Links) => onLinksChange({ [link]: !links[link] });
  const stepOn = (direction: 1 | -1) => {
    if (active) step(active.key, direction);
  };
  const markOn = (sop: string) => {
    const box = selectedMarks?.[sop];
    return box && boxCentre(box);
  };
  const toOneToOne = () => {
    if (active) oneToOne(active.key, markOn);
  };
  const enlarge = (key: CellKey | undefined) => {
    if (key && !enlarged) centre(key, markOn);
    setEnlarged(true);
  };
  const reset = () => {
    view?.resetWindow();
    fit((each) => each === view || links.zoom || each.state().fitted);
  };
  useCommands(
    viewerCommands({
      setTool: onToolChange,
      select: (index) => {
        const cell = all.cells[index];
        if (cell?.shown) setWanted(cell.key);
      },
      fit: () => fit(),
      invert: () => view?.invert(!view.state().inverted),
      reset,
      oneToOne: toOneToOne,
      tissueWindow: () => view && toTissueWindow(view),
      toggleSharpened: () => setSharpened((now) => !now),
      toggleOutlines: () => setOutlined((now) => !now),
      toggleExplained: () => setExplained((now) => !now),
      toggleOverlays: () => setHidden((now) => !now),
      enlarge: () => enlarge(active?.key),
      shrink: () => setEnlarged(false),
      setMode: changeMode,
      toggleTimes,
      toggleLink,
      step: stepOn,
      toggleFullScreen,
      toLesion: linked.toLesion,
    }),
  );

  return (
    <div className="viewer" ref={root} data-overlays={overlaysHidden ? 'hidden' : undefined}>
      <Toolbar
        {...{ tool, onToolChange, view, enlarged, times, links, sharpened, outlined }}
        {...{ overlaysHidden, explained, opacity, fullScreen }}
        layout={all.mode}
        layoutsThere={modesThere(times === 'prior' && prior ? prior : current)}
        hasPrior={prior !== undefined}
        onFit={() => fit()}
        onReset={reset}
        onStep={stepOn}
        onOneToOne={toOneToOne}
        onLayoutChange={changeMode}
        onEnlargedChange={(on) => (on ? enlarge(active?.key) : setEnlarged(false))}
        onTimesToggle={toggleTimes}
        onLinkToggle={toggleLink}
        onSharpenedChange={setSharpened}
        onOutlinedChange={setOutlined}
        onOverlaysHiddenChange={setHidden}
        onExplainedChange={setExplained}
        onOpacityChange={setOpacity}
        onFullScreenToggle={toggleFullScreen}
      >
        <MeasureTools {...{ tool, onToolChange, view, apart }} views={[...views.values()]} />
        <LoupeTools view={view} />
      </Toolbar>
      <div
        className="viewer-cells"
        data-layout={all.mode}
        data-enlarged={alone}
        style={{
          gridTemplate: `repeat(${onShow.rows}, minmax(0, 1fr)) / repeat(${onShow.columns}, minmax(0, 1fr))`,
        }}
      >
        {all.cells.map((cell) => (
          <div
            className="viewer-cell"
            key={cell.key}
            data-place={cell.key}
            hidden={!isOnShow(cell)}
            onPointerMove={(e) => {
              const { left, top } = e.currentTarget.getBoundingClientRect();
              pointAt(cell.key, { x: e.clientX - left, y: e.clientY - top });
            }}
            onPointerLeave={() => pointAt(cell.key, undefined)}
          >
            {cell.shown ? (
              <MammogramView
                {...props}
                {...{ engine, sharpened, overlaysHidden }}
                shown={cell.shown}
                time={cell.time}
                {...(outlined ? {} : { outlines: {} })}
                activationOpacity={explained ? opacity : 0}
                chestWall={chestWallOf(cell.place)}
                active={cell.key === active?.key && onShow.cells.length > 1}
                selected={cell.key === active?.key && cell.time === 'current'}
                searchStep={searchStep?.keys.includes(cell.key) ? searchStep : undefined}
                onActivate={() => {
                  setWanted(cell.key);
                  // What is being drawn has to be seen.
                  if (isDrawing(tool)) setHidden(false);
                }}
                onEnlarge={() => {
                  setWanted(cell.key);
                  if (enlarged) setEnlarged(false);
                  else enlarge(cell.key);
                }}
                onView={(each) => setView(cell.key, each)}
                onFit={() => fit((each) => each.state().fitted)}
              />
            ) : (
              <Missing place={cell.place} time={cell.time} />
            )}
          </div>
        ))}
      </div>
      {all.mode === 'row' && current.missing.length > 0 && filled.length > 0 && !enlarged ? (
        <p className="viewer-note">
          {t('Not among the images: {views}', { views: current.missing.join(', ') })}
        </p>
      ) : null}
      {rest.length > 0 && active ? (
        <Strip
          images={rest}
          time={active.time}
          onChoose={(image) =>
            setChosen((now) => ({
              ...now,
              [active.time]: { ...now[active.time], [active.place]: sopOf(image) },
            }))
          }
        />
      ) : null}
    </div>
  );
};
