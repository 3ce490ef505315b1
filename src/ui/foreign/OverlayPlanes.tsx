import { useEffect, useRef } from 'react';
import { isInSight } from '../../core/dicom/slices.ts';
import { coarsePlane, type OverlayPlane } from '../../core/image/overlay-plane.ts';
import type { ViewportHandle } from '../../ports/display.ts';
import type { Sight } from '../../state/slices-store.ts';
import { useForeign, useServices } from '../services.tsx';
import { useViewState } from '../viewer/view/use-view.ts';
import { useForeignHidden } from './use-foreign.ts';

/** Pale yellow; a region covers breast and is drawn thinner. */
const COLOUR = [255, 232, 150] as const;
const OPACITY: Readonly<Record<OverlayPlane['type'], number>> = { graphics: 230, region: 90 };

const paint = (canvas: HTMLCanvasElement, plane: OverlayPlane, step: number): void => {
  const { width, height, cells } = coarsePlane(plane, step);
  canvas.width = width;
  canvas.height = height;
  const picture = new ImageData(width, height);
  cells.forEach((cell, i) => {
    if (cell) picture.data.set([...COLOUR, OPACITY[plane.type]], 4 * i);
  });
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
};

/** Image pixels to a cell: a power of two, so that a line is about a screen pixel wide at least. */
const stepFor = (zoom: number): number =>
  2 ** Math.max(0, Math.min(5, Math.floor(-Math.log2(Math.max(zoom, 1e-3)) + 0.5)));

/** How cells of a plane map to CSS pixels of the view. */
const placeOf = (view: ViewportHandle, { left, top }: OverlayPlane, step: number): string => {
  const origin = view.imageToCanvas({ x: left, y: top });
  const right = view.imageToCanvas({ x: left + step, y: top });
  const down = view.imageToCanvas({ x: left, y: top + step });
  const steps = [right.x - origin.x, right.y - origin.y, down.x - origin.x, down.y - origin.y];
  return `matrix(${[...steps, origin.x, origin.y].join(', ')})`;
};

const Plane = ({ view, plane }: { view: ViewportHandle; plane: OverlayPlane }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const step = stepFor(useViewState(view).zoom * window.devicePixelRatio);
  useEffect(() => {
    if (canvas.current) paint(canvas.current, plane, step);
  }, [plane, step]);
  return (
    <canvas
      ref={canvas}
      className="overlay-plane"
      data-overlay={plane.number}
      style={{ transform: placeOf(view, plane, step) }}
    />
  );
};

/** The overlay planes of the file on one view; of a volume those of the slices in sight. */
export const OverlayPlanes = (props: {
  view: ViewportHandle;
  sop: string;
  sight?: Sight | undefined;
}) => {
  const { view, sop, sight } = props;
  const { overlaysOf } = useServices();
  const isOn = useViewState(view).sop === sop;
  const shown = useForeign((s) => s.overlays);
  const hidden = useForeignHidden();
  if (!isOn || !shown || hidden) return null;
  const planes = overlaysOf(sop).filter(({ frame }) =>
    isInSight(frame === undefined ? undefined : [frame], sight),
  );
  if (planes.length === 0) return null;
  return (
    <div className="overlay-planes">
      {planes.map((plane) => (
        <Plane key={`${plane.number} ${plane.frame ?? ''}`} {...{ view, plane }} />
      ))}
    </div>
  );
};
