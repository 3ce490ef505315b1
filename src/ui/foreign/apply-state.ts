import { type PresentationState, stateFor } from '../../core/foreign/presentation-state.ts';
import { voiForImage } from '../../core/foreign/voi-for-image.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { isInverted } from '../../core/image/presentation-values.ts';
import type { ViewportHandle } from '../../ports/display.ts';

type Area = NonNullable<ReturnType<typeof stateFor>['area']>;

const isWhole = ({ from, to }: Area, { columns, rows }: MammogramImage): boolean =>
  from.x <= 0 && from.y <= 0 && to.x >= columns && to.y >= rows;

/** Looks at a part of the picture, as large as fits. */
const lookAtArea = (
  view: ViewportHandle,
  { from, to }: Area,
  { pixelAspect }: MammogramImage,
  turned: boolean,
): void => {
  const [across, down] = [to.x - from.x, (to.y - from.y) * pixelAspect];
  const [wide, high] = turned ? [down, across] : [across, down];
  const { width, height } = view.size();
  if (!(wide > 0 && high > 0) || width === 0) return;
  const zoom = Math.min(width / wide, height / high);
  const scale = (zoom * view.pose().scale) / view.state().zoom;
  view.lookAt({ center: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, scale });
};

/** Shows a fitted image with the window, polarity and area of a presentation state. */
export const applyState = (
  view: ViewportHandle,
  state: PresentationState,
  sop: string,
  image: MammogramImage,
): void => {
  const { voi, area } = stateFor(state, sop);
  // How it hangs goes by the image as it usually lies; turned otherwise it is fitted by itself.
  if (state.turn) view.fit();
  if (voi) view.setVoi(voiForImage(voi, image));
  // Its shape stands in the place of the image's own polarity (PS3.3 C.11.6).
  if (state.lutShape) view.invert((state.lutShape === 'INVERSE') !== isInverted(image));
  if (area && !isWhole(area, image)) lookAtArea(view, area, image, state.turn?.transpose ?? false);
};
