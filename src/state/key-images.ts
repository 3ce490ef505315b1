import { type Box, boxFromCorners, clipBox } from '../core/geometry/box.ts';
import type { Voi } from '../core/image/mammogram-image.ts';
import type { KeyImage } from '../core/report/key-image.ts';
import type { ViewportHandle } from '../ports/display.ts';

type Looks = Pick<ViewportHandle, 'size' | 'canvasToImage' | 'imageToCanvas' | 'screenGrey'>;

/** The part of the image that a view shows, in whole pixels. */
const shownArea = (view: Looks, columns: number, rows: number): Box => {
  const { width, height } = view.size();
  const [a, b] = [view.canvasToImage({ x: 0, y: 0 }), view.canvasToImage({ x: width, y: height })];
  const { x, y, width: w, height: h } = clipBox(boxFromCorners(a.x, a.y, b.x, b.y), columns, rows);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, width: Math.ceil(x + w) - left, height: Math.ceil(y + h) - top };
};

const windowOf = (voi: Voi): Pick<KeyImage, 'window'> =>
  voi.kind === 'window'
    ? { window: { center: voi.center, width: voi.width, function: voi.fn } }
    : {};

/** What a view shows now, to be kept; undefined where it shows nothing of its image. */
export const lookOf = (
  view: Looks,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Pick<KeyImage, 'area' | 'window' | 'inverted'> | undefined => {
  const [area, grey] = [shownArea(view, columns, rows), view.screenGrey()];
  if (!grey || area.width < 1 || area.height < 1) return undefined;
  return { area, inverted: grey.inverted, ...windowOf(grey.voi) };
};

/** Makes a view of the same image look as it was kept; a VOI LUT that was in use is not sought. */
export const lookAgain = (
  view: Looks & Pick<ViewportHandle, 'pose' | 'lookAt' | 'setWindow' | 'invert'>,
  { area, window, inverted }: KeyImage,
): void => {
  const from = view.imageToCanvas({ x: area.x, y: area.y });
  const to = view.imageToCanvas({ x: area.x + area.width, y: area.y + area.height });
  const { width, height } = view.size();
  const [across, down] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
  view.lookAt({
    center: { x: area.x + area.width / 2, y: area.y + area.height / 2 },
    scale: view.pose().scale * Math.min(width / across, height / down),
  });
  if (window) view.setWindow(window.center, window.width);
  view.invert(inverted);
};
