import { imageLoader, metaData, utilities, cache, Enums, type Types } from '@cornerstonejs/core';
import { geometryOf, type ImageGeometry } from '../../core/image/image-geometry.ts';
import type { MammogramImage, StoredPixels, Voi } from '../../core/image/mammogram-image.ts';
import type { StoredRange, StoredValues } from '../../core/image/stored-values.ts';

const SCHEME = 'tandem';

/** An image that can be shown, with what its grey table needs. */
export interface LoadedImage extends StoredValues {
  readonly image: MammogramImage;
  readonly geometry: ImageGeometry;
  /** The window over breast tissue, offered beside the file's presets. */
  readonly tissueVoi?: Voi | undefined;
}

const images = new Map<string, LoadedImage>();

export const imageIdOf = (sop: string): string => `${SCHEME}:${sop}`;
const sopOf = (imageId: string): string => imageId.slice(SCHEME.length + 1);

export const loadedImage = (sop: string): LoadedImage | undefined => images.get(sop);

/** The range of an image that was added, by its pixel array. */
export const rangeOf = (pixels: StoredPixels): StoredRange | undefined =>
  [...images.values()].find(({ image }) => image.pixels === pixels)?.all;

/**
 * The stored values as Cornerstone's image. Its texture holds stored values and nothing is scaled
 * on the way: modality, VOI and photometric interpretation are all in the transfer function
 * (grey-table.ts), so it is told MONOCHROME2 and an identity rescale.
 */
const toCornerstoneImage = (imageId: string, { image, geometry, all }: LoadedImage) => {
  const { rows, columns, pixels } = image;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    scalarData: pixels as Types.PixelDataTypedArray,
    width: columns,
    height: rows,
    numberOfComponents: 1,
  });
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    color: false,
    rgba: false,
    invert: false,
    numberOfComponents: 1,
    slope: 1,
    intercept: 0,
    minPixelValue: all.low,
    maxPixelValue: all.high,
    windowCenter: (all.low + all.high) / 2,
    windowWidth: Math.max(all.high - all.low, 1),
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR_EXACT,
    columnPixelSpacing: geometry.columnSpacing,
    rowPixelSpacing: geometry.rowSpacing,
    photometricInterpretation: 'MONOCHROME2',
    sizeInBytes: pixels.byteLength,
    dataType: pixels.constructor.name as Types.PixelDataTypedArrayString,
    voxelManager,
    getPixelData: () => pixels as Types.PixelDataTypedArray,
    getCanvas: () => document.createElement('canvas'),
  } satisfies Types.IImage;
};

const load: Types.ImageLoaderFn = (imageId) => {
  const loaded = images.get(sopOf(imageId));
  const promise = loaded
    ? Promise.resolve(toCornerstoneImage(imageId, loaded))
    : Promise.reject(new Error(`No image ${imageId} was added`));
  return { promise };
};

/**
 * Plane and pixel description. Mammograms carry no patient position, and Cornerstone's camera turns
 * to NaN without one: every image lies in the z = 0 plane, the centre of its first pixel at 0.
 */
const describe = (type: string, imageId: unknown): object | undefined => {
  if (typeof imageId !== 'string' || !imageId.startsWith(`${SCHEME}:`)) return undefined;
  const loaded = images.get(sopOf(imageId));
  if (!loaded) return undefined;
  const { image, geometry } = loaded;
  const bits = image.pixels.BYTES_PER_ELEMENT * 8;
  switch (type) {
    case Enums.MetadataModules.IMAGE_PLANE:
      return {
        frameOfReferenceUID: imageId,
        rows: image.rows,
        columns: image.columns,
        imageOrientationPatient: [1, 0, 0, 0, 1, 0],
        rowCosines: [1, 0, 0],
        columnCosines: [0, 1, 0],
        imagePositionPatient: [0, 0, 0],
        pixelSpacing: [geometry.rowSpacing, geometry.columnSpacing],
        rowPixelSpacing: geometry.rowSpacing,
        columnPixelSpacing: geometry.columnSpacing,
        usingDefaultValues: image.spacing === undefined,
      };
    case Enums.MetadataModules.IMAGE_PIXEL:
      return {
        samplesPerPixel: 1,
        photometricInterpretation: 'MONOCHROME2',
        rows: image.rows,
        columns: image.columns,
        bitsAllocated: bits,
        bitsStored: bits,
        highBit: bits - 1,
        pixelRepresentation: image.signed ? 1 : 0,
      };
    case Enums.MetadataModules.GENERAL_SERIES:
      return { modality: 'MG' };
    default:
      return undefined;
  }
};

/** Teaches Cornerstone the scheme; once for the page. */
export const registerLoader = (): void => {
  imageLoader.registerImageLoader(SCHEME, load);
  metaData.addProvider(describe, 10_000);
};

export const putImage = (
  sop: string,
  image: MammogramImage,
  values: StoredValues,
  tissueVoi?: Voi,
): void => {
  dropImage(sop);
  images.set(sop, { image, geometry: geometryOf(image), ...values, tissueVoi });
};

/** Forgets an image and takes it out of Cornerstone's cache. Unknown ones are ignored. */
export const dropImage = (sop: string): void => {
  images.delete(sop);
  const imageId = imageIdOf(sop);
  if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId, { force: true });
};
