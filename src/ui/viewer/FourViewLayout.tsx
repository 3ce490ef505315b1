import { useCallback, useMemo, useState } from 'react';
import type { HangingPlace } from '../../core/dicom/hanging.ts';
import { useCommands } from '../commands/use-commands.ts';
import { chestWallOf, layOut, type Chosen, type LayoutMode } from './hanging-layout.ts';
import { MammogramView } from './MammogramView.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useAskedImage } from './use-asked-image.ts';
import { useLinkedViews } from './use-linked-fit.ts';
import { viewerCommands } from './viewer-commands.ts';
import { sopOf, type MarkingProps, type ViewerImage } from './viewer-types.ts';
import { viewTitle } from './view-labels.ts';
import type { PrimaryTool, ViewportEngine, ViewportHandle } from './viewport-port.ts';
import { t } from '../i18n/text.ts';
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
  <div className="viewer-strip" role="group" aria-label={t('Further images')}>
    <span>{t('Further images:')}</span>
    {props.images.map((image) => (
      <button
        type="button"
        key={sopOf(image)}
        title={t('{series} — show in the selected view', {
          series: image.header.seriesDescription,
        })}
        onClick={() => props.onChoose(image)}
      >
        {viewTitle(image.header)}
      </button>
    ))}
  </div>
);

const Missing = ({ place }: { place: HangingPlace }) => (
  <div className="viewer-missing" data-missing={place}>
    {t('No {view}', { view: place })}
  </div>
);

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

  useAskedImage(images, (image) => {
    const cell = cells.find((each) => each.shown && sopOf(each.shown) === sopOf(image));
    if (cell) setWanted(cell.place);
    else if (active) setChosen((now) => ({ ...now, [active]: sopOf(image) }));
  });

  const reset = () => {
    view?.resetWindow();
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

  useCommands(
    viewerCommands({
      setTool: onToolChange,
      select: (index) => {
        const cell = cells[index];
        if (cell?.shown) setWanted(cell.place);
      },
      fit: () => fit(),
      invert: () => view?.invert(!view.state().inverted),
      reset,
      oneToOne: () => view?.oneToOne(),
      toggleOutlines: () => setOutlined((now) => !now),
      toggleExplained: () => setExplained((now) => !now),
      enlarge: () => setEnlarged(true),
      shrink: () => setEnlarged(false),
    }),
  );

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
                selected={place === active}
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
        <p className="viewer-note">
          {t('Not among the images: {views}', { views: missing.join(', ') })}
        </p>
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
