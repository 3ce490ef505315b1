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
