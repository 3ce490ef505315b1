import vtkConvolution2DPass from '@kitware/vtk.js/Rendering/OpenGL/Convolution2DPass.js';
import vtkForwardPass from '@kitware/vtk.js/Rendering/OpenGL/ForwardPass.js';

/** How much of the difference to the blurred picture is added. */
const AMOUNT = 1.5;

/** Binomial of 5 x 5, close to a Gaussian of one screen pixel. */
const line = [1, 4, 6, 4, 1].map((w) => w / 16);

/** Unsharp mask: the picture plus AMOUNT times its difference to its blurred self; sums to 1. */
export const UNSHARP_KERNEL = line.flatMap((wy, y) =>
  line.map((wx, x) => (x === 2 && y === 2 ? 1 + AMOUNT : 0) - AMOUNT * wx * wy),
);

/** A render pass, as the vendor hands them to its window. */
export type RenderPass = ReturnType<typeof vtkConvolution2DPass.newInstance>;

/**
 * Sharpens what is drawn, pixel of the screen by pixel, after grey was looked up: stored values and
 * with them scores and measurements never see it. One pass is kept for each view, because the
 * vendor's own `sharpening` makes new frame buffers at every frame and never frees them.
 */
export const createSharpening = (): RenderPass => {
  const pass = vtkConvolution2DPass.newInstance();
  pass.setDelegates([vtkForwardPass.newInstance()]);
  pass.setKernelDimension(5);
  pass.setKernel(UNSHARP_KERNEL);
  return pass;
};

/** One axis of the binomial blur; the outermost pixels are held. */
const blurred = (
  grey: Float32Array,
  count: number,
  stride: number,
  lines: number,
  apart: number,
) => {
  const out = new Float32Array(grey.length);
  for (let at = 0; at < lines; at++)
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) {
        const from = Math.min(Math.max(i + k, 0), count - 1);
        sum += (line[k + 2] as number) * (grey[at * apart + from * stride] as number);
      }
      out[at * apart + i * stride] = sum;
    }
  return out;
};

/** The same mask without a graphics card: grey of 0 to 255, row by row, to the same. Does not mutate. */
export const sharpened = (grey: Float32Array, width: number, height: number): Float32Array => {
  const along = blurred(grey, width, 1, height, width);
  const blur = blurred(along, height, width, width, 1);
  return grey.map((value, i) => value + AMOUNT * (value - (blur[i] as number)));
};
