import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js';
import type { GreyTable } from './grey-table.ts';

/** What of the actor that shows the image is used here. */
interface ImageActor {
  getProperty(): {
    setUseLookupTableScalarRange(use: boolean): boolean;
    setRGBTransferFunction(index: number, fn: unknown): boolean;
    getRGBTransferFunction(index: number): { delete(): void } | null;
  };
  getMapper(): { setColorTextureWidth(width: number): boolean };
}

/**
 * Puts a grey table on the image's actor, so that texel i of the colour texture is exactly entry i.
 * The shader reads the texture at (value - range[0]) / (range[1] - range[0]), where texel centres lie
 * half a texel inside the range; but vtk fills the texture by sampling the function from range end
 * to range end. So the range is half a step wider than the table at either end, and the nodes are
 * spread over it end to end.
 */
export const applyGreyTable = (actor: ImageActor, table: GreyTable): void => {
  const { low, step, values } = table;
  const rgb = new Float32Array(values.length * 3);
  values.forEach((v, i) => rgb.fill(v, i * 3, i * 3 + 3));
  const fn = vtkColorTransferFunction.newInstance();
  fn.buildFunctionFromTable(
    low - step / 2,
    low + (values.length - 0.5) * step,
    values.length,
    rgb as unknown as number[],
  );
  const property = actor.getProperty();
  actor.getMapper().setColorTextureWidth(values.length);
  property.setUseLookupTableScalarRange(true);
  property.setRGBTransferFunction(0, fn);
};
