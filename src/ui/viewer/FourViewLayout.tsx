import { useCallback, useMemo, useState } from 'react';
import type { HangingPlace } from '../../core/dicom/hanging.ts';
import { chestWallOf, layOut, type Chosen, type LayoutMode } from './hanging-layout.ts';
import { MammogramView } from './MammogramView.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useLinkedViews } from './use-linked-fit.ts';
import { useViewerKeys, type ViewerCommand } from './viewer-keys.ts';
import { sopOf, type MarkingProps, type ViewerImage } from './viewer-types.ts';
import { viewTitle } from './view-labels.ts';
import type { PrimaryTool, ViewportEngine, ViewportHandle } from './viewport-port.ts';
import './viewer.css';

export interface FourViewLayoutProps extends MarkingProps {
  readonly engine: ViewportEngine;
  /** The images of one study; they must have been added to the engine. */
  readonly images: readonly ViewerImage[];
  readonly onToolChange: (tool: PrimaryTool) => void;
}

const Strip = (props: {
  images: readonly ViewerImage[];
  onChoose: (image: ViewerImage) => void;
}) => (
  <div className="viewer-strip" role="group" aria-label="Further images">
    <span>Further images:</span>
    {props.images.map((image) => (
      <button
        type="button"
        key={sopOf(image)}
        title={`${image.header.seriesDescription} — show in the selected view`}
        onClick={() => props.onChoose(image)}
      >
        {viewTitle(image.header)}
      </button>
    ))}
  </div>
);

const Missing = ({ place }: { place: HangingPlace }) => (
  <div className="viewer-missing" data-missing={place}>
    No {place}
  </div>
);

/** What keys and toolbar ask of the active view. */
const act = (view: ViewportHandle | undefined, command: ViewerCommand['kind']) => {
  if (command === 'invert') view?.invert(!view.state().inverted);
  if (command === 'one-to-one') view?.oneToOne();
  if (command === 'reset') view?.resetWindow();
};

/**
 * RCC | LCC over RMLO | LMLO, chest walls back to back, all at one scale. One view can be enlarged;
 * of one breast alone the views stand side by side.
 */
export const FourViewLayout = (props: FourViewLayoutProps) => {
  const { images, engine, tool, onToolChange } = props;
  const [chosen, setChosen] = useState<Chosen>({});
  const [mode, setMode] = useState<LayoutMode>();
  const [wanted, setWanted] = useState<HangingPlace>();
  const [enlarged, setEnlarged] = useState(false);
  const [outlined, setOutlined] = useState(true);
  const [explained, setExplained] = useState(false);
  const [opacity, setOpacity] = useState(0.5);
  const { views, setView, fit } = useLinkedViews();

  const { cells, rest, missing, suggested } = useMemo(
    () => layOut(images, chosen),
    [images, chosen],
  );
  const layout = mode ?? suggested;
  const filled = cells.filter((cell) => cell.shown);
  const active = (filled.find((cell) => cell.place === wanted) ?? filled[0])?.place;
  const view = active && views.get(active);

  const reset = () => {
    act(view, 'reset');
    fit((each) => each === view || each.state().fitted);
  };
  const fitFitted = useCallback(() => fit((each) => each.state().fitted), [fit]);
  const givers = useMemo(
    () =>
      Object.fromEntries(
        (['RCC', 'LCC', 'RMLO', 'LMLO'] as const).map((place) => [
          place,
          (each: ViewportHandle | null) => setView(place, each),
        ]),
      ) as Record<HangingPlace, (view: ViewportHandle | null) => void>,
    [setView],
  );

  useViewerKeys((command) => {
    if (command.kind === 'tool') onToolChange(command.tool);
    else if (command.kind === 'select') {
      const cell = cells[command.index];
      if (cell?.shown) setWanted(cell.place);
    } else if (command.kind === 'fit') fit();
    else if (command.kind === 'reset') reset();
    else if (command.kind === 'outlines') setOutlined((now) => !now);
    else if (command.kind === 'explain') setExplained((now) => !now);
    else if (command.kind === 'enlarge') setEnlarged(true);
    else if (command.kind === 'shrink') setEnlarged(false);
    else act(view, command.kind);
  });

  const visible = enlarged || layout === 'row' ? filled : cells;
  return (
    <div className="viewer">
      <Toolbar
        {...{ tool, onToolChange, view, layout, enlarged }}
        onFit={() => fit()}
        onReset={reset}
        onLayoutChange={(next) => {
          setMode(next);
          setEnlarged(false);
        }}
        onEnlargedChange={setEnlarged}
        outlined={outlined}
        onOutlinedChange={setOutlined}
        {...{ explained, opacity }}
        onExplainedChange={setExplained}
        onOpacityChange={setOpacity}
      />
      <div
        className={`viewer-cells ${layout}`}
        data-enlarged={enlarged ? active : undefined}
        style={
          layout === 'row'
            ? {
                gridTemplateColumns: `repeat(${enlarged ? 1 : Math.max(filled.length, 1)}, minmax(0, 1fr))`,
              }
            : undefined
        }
      >
        {visible.map(({ place, shown }) => (
          <div
            className="viewer-cell"
            key={place}
            data-place={place}
            hidden={enlarged && place !== active}
          >
            {shown ? (
              <MammogramView
                {...props}
                {...{ engine, shown }}
                {...(outlined ? {} : { outlines: {} })}
                activationOpacity={explained ? opacity : 0}
                chestWall={chestWallOf(place)}
                active={place === active && filled.length > 1 && !enlarged}
                onActivate={() => setWanted(place)}
                onEnlarge={() => {
                  setWanted(place);
                  setEnlarged((now) => !now);
                }}
                onView={givers[place]}
                onFit={fitFitted}
              />
            ) : (
              <Missing place={place} />
            )}
          </div>
        ))}
      </div>
      {layout === 'row' && missing.length > 0 && filled.length > 0 && !enlarged ? (
        <p className="viewer-note">Not among the images: {missing.join(', ')}</p>
      ) : null}
      {rest.length > 0 && active ? (
        <Strip
          images={rest}
          onChoose={(image) => setChosen((now) => ({ ...now, [active]: sopOf(image) }))}
        />
      ) : null}
    </div>
  );
};
