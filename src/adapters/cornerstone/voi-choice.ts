import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import { asWindow, darkerSign, windowLike } from '../../core/image/voi-window.ts';
import type { LoadedImage } from './image-loader.ts';
import { spanningVoi } from './grey-table.ts';
import type { Grey } from '../../ports/display.ts';

/** The VOI in use: one of the presets, or the reader's own window (preset null). */
export interface VoiChoice {
  readonly voi: Voi;
  readonly preset: number | null;
}

/**
 * The presets of an image: its file's, or where it names none the span of its values; and last the
 * window over its breast tissue, where it is not the first already.
 */
export const presetsOf = ({ image, tissue, tissueVoi }: LoadedImage): readonly Voi[] => [
  ...(image.voi.length > 0 ? image.voi : [spanningVoi(image, tissue)]),
  ...(tissueVoi && !image.voi.includes(tissueVoi) ? [tissueVoi] : []),
];

/** A preset's name: the file's explanation, else its kind and place. */
export const presetName = (voi: Voi, index: number): string => {
  const said = voi.kind === 'lut' ? voi.lut.explanation : voi.explanation;
  if (said) return said;
  return `${voi.kind === 'lut' ? 'Table' : 'Window'} ${index + 1}`;
};

export const presetChoice = (loaded: LoadedImage, index: number): VoiChoice => {
  const voi = presetsOf(loaded)[index];
  if (!voi) throw new RangeError(`The image has no VOI preset ${index}`);
  return { voi, preset: index };
};

/** The reader's own window. */
export const windowChoice = (from: Voi, center: number, width: number): VoiChoice => ({
  voi: windowLike(from, center, width),
  preset: null,
});

/**
 * A drag over the picture as a new window: right widens, up brightens, whichever way round the
 * image's grey runs. A thousand pixels of drag cross the values of the image once.
 */
export const draggedWindow = (
  image: MammogramImage,
  span: number,
  from: Voi,
  inverted: boolean,
  dx: number,
  dy: number,
): VoiChoice => {
  const { center, width } = asWindow(from);
  const step = Math.max(span, 1) / 1000;
  const darker = darkerSign(image, inverted);
  const next = Math.max(width + dx * step, step);
  return windowChoice(from, center + dy * step * darker, next);
};

/** The window of the first preset: what the greys of different images are compared by. */
const baseWindow = (loaded: LoadedImage) => asWindow(presetChoice(loaded, 0).voi);

/** Larger window centres darken, unless the image's grey runs the other way. */
const darkening = (image: MammogramImage): number => darkerSign(image, false);

/** A choice in terms that carry over to another image. */
export const greyOf = (loaded: LoadedImage, choice: VoiChoice, inverted: boolean): Grey => {
  const base = baseWindow(loaded);
  const { center, width } = asWindow(choice.voi);
  return {
    preset: choice.preset === null ? null : presetName(choice.voi, choice.preset),
    darker: (darkening(loaded.image) * (center - base.center)) / base.width,
    stretch: width / base.width,
    inverted,
  };
};

/** What that grey is for this image: of a first preset its own first; undefined of another that it lacks. */
export const choiceOfGrey = (loaded: LoadedImage, grey: Grey): VoiChoice | undefined => {
  if (grey.preset !== null) {
    const at = presetsOf(loaded).map(presetName).indexOf(grey.preset);
    const isFirst = grey.darker === 0 && grey.stretch === 1;
    if (at < 0) return isFirst ? presetChoice(loaded, 0) : undefined;
    return presetChoice(loaded, at);
  }
  const base = baseWindow(loaded);
  const center = base.center + darkening(loaded.image) * grey.darker * base.width;
  return windowChoice(presetChoice(loaded, 0).voi, center, base.width * grey.stretch);
};
