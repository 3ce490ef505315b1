import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js';
import type { StoredPixels } from '../../core/image/mammogram-image.ts';
import type { StoredRange } from '../../core/image/stored-values.ts';

/** What Cornerstone says of an image when it asks for vtk's form of it. */
export interface ImageDataParts {
  readonly origin: [number, number, number];
  readonly direction: Float32Array;
  readonly dimensions: [number, number, number];
  readonly spacing: [number, number, number];
  readonly numberOfComponents: number;
  readonly pixelArray: Uint16Array;
}

/**
 * An image for vtk that shares its pixels, where Cornerstone copies them, and whose range, where it is
 * given, is taken as it is, where vtk looks at each pixel for it. Cornerstone then writes the image's
 * pixels to its image data, which are the same here: a view must never take another image into image
 * data that it has, which it does only when it walks through a stack.
 */
export const sharedImageData = (parts: ImageDataParts, range: StoredRange | undefined) => {
  const scalars = vtkDataArray.newInstance({
    name: 'Pixels',
    numberOfComponents: parts.numberOfComponents,
    values: parts.pixelArray,
    ...(range ? { ranges: [{ min: range.low, max: range.high }] } : {}),
  });
  const image = vtkImageData.newInstance();
  image.setDimensions(parts.dimensions);
  image.setSpacing(parts.spacing);
  image.setDirection(parts.direction as never);
  image.setOrigin(parts.origin);
  image.getPointData().setScalars(scalars);
  return image;
};

/** What of the actor that shows an image is used here. */
export interface PixelActor {
  getMapper(): { getInputData(): ReturnType<typeof sharedImageData> };
}

/** Puts other pixels of the same size into the image data of a view; they are shared, not copied. */
export const putPixels = (actor: PixelActor, pixels: StoredPixels, range: StoredRange): void => {
  const image = actor.getMapper().getInputData();
  const scalars = image.getPointData().getScalars();
  scalars.setData(pixels);
  scalars.setRange({ min: range.low, max: range.high }, 0);
  image.modified();
};
