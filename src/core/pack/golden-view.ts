import type { WorkingImage } from '../image/working-image.ts';
import { viewInput, type ViewInput, type ViewRule } from '../lesion/view-input.ts';
import { goldenPatch } from './golden-patch.ts';

/** A golden patch as a whole little image, so that the measuring arm is checked as well. */
const goldenImage = (patch: Float32Array, size: number): WorkingImage => ({
  width: size,
  height: size,
  data: patch,
  breast: new Uint8Array(size * size).fill(1),
  columnsPerPixel: 1,
  rowsPerPixel: 1,
});

/** What the arms get for a golden patch: the patch itself, and the lesion in its middle measured. */
export const goldenView = (seed: number, rule: ViewRule, grain = 0): ViewInput => {
  const { size, context } = rule.patch;
  const patch = goldenPatch(seed, size, grain);
  const side = size / context;
  const corner = (size - side) / 2;
  const box = { x: corner, y: corner, width: side, height: side };
  return { ...viewInput(goldenImage(patch, size), box, rule), patch };
};
