import type { BreastShape } from '../../core/image/breast-shape.ts';
import type { MammogramImage, Voi } from '../../core/image/mammogram-image.ts';
import type { OverlayPlane } from '../../core/image/overlay-plane.ts';
import type { StoredValues } from '../../core/image/stored-values.ts';
import type { Thumbnail } from '../../core/display/thumbnail.ts';

export interface Pixels {
  readonly image: MammogramImage;
  readonly values: StoredValues;
  readonly overlays: readonly OverlayPlane[];
  readonly breast: BreastShape;
  /** The window over breast tissue; undefined where there is none to speak of. */
  readonly tissueVoi: Voi | undefined;
  /** False where the image is out of scope altogether: it is shown, not scored. */
  readonly scorable: boolean;
  readonly thumbnail: Thumbnail;
}

export interface ImageRegistry {
  set(sopInstanceUid: string, pixels: Pixels): void;
  get(sopInstanceUid: string): Pixels | undefined;
  delete(sopInstanceUid: string): void;
  forEach(visit: (sopInstanceUid: string, pixels: Pixels) => void): void;
}

/** The pixels of the open images, by SOP Instance UID. They live here and never in a store. */
export const createImageRegistry = (): ImageRegistry => {
  const images = new Map<string, Pixels>();
  return {
    set: (sop, pixels) => void images.set(sop, pixels),
    get: (sop) => images.get(sop),
    delete: (sop) => void images.delete(sop),
    forEach: (visit) => images.forEach((pixels, sop) => visit(sop, pixels)),
  };
};

/** What the page draws of an open image, by reference; of a volume, the slices that are on show. */
export const pixelsOnShow = (
  registry: ImageRegistry,
  frames: { imageOnShow(sopInstanceUid: string): MammogramImage | undefined },
) => ({
  imageOf: (sop: string) => frames.imageOnShow(sop) ?? registry.get(sop)?.image,
  thumbnailOf: (sop: string) => registry.get(sop)?.thumbnail,
  breastOf: (sop: string) => registry.get(sop)?.breast,
  overlaysOf: (sop: string) => registry.get(sop)?.overlays ?? [],
});
