import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { ScreenGrey } from '../../../core/display/grey/screen-grey.ts';
import { steppedWindow } from '../../../core/image/voi-window.ts';
import { loupeStore } from '../../../state/loupe-store.ts';

/** The grey of the loupe: its own window and inversion where the reader set them, else the view's. */
export const loupeGrey = (
  view: ScreenGrey,
  own: Pick<ReturnType<typeof loupeStore.getState>, 'inverted' | 'window'>,
): ScreenGrey => ({
  ...view,
  voi: own.window ?? view.voi,
  inverted: own.inverted ?? view.inverted,
});

export const invertLoupe = (view: ScreenGrey): void =>
  loupeStore.setState((own) => ({ inverted: !loupeGrey(view, own).inverted }));

/** One step brighter or wider (-1: darker, narrower), in the loupe alone. */
export const stepLoupeWindow = (
  image: MammogramImage,
  view: ScreenGrey,
  step: { readonly brighter?: number; readonly wider?: number },
): void =>
  loupeStore.setState((own) => {
    const { voi, inverted } = loupeGrey(view, own);
    return { window: steppedWindow(image, voi, inverted, step) };
  });
