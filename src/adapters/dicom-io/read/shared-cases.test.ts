import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outOfScopeReasons } from '../../../core/lesion/scope.ts';
import { presentationTransform } from '../../../core/image/presentation-values.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { readDicom } from './read-dicom.ts';
import { placeOf } from '../../../core/dicom/hanging-place.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';

const folder = new URL('../../../../../shared/cases/', import.meta.url);
const present = existsSync(folder);
if (!present)
  console.warn(`SKIPPED: ${folder.pathname} is absent; the real mammograms were not read.`);

const files = present
  ? readdirSync(folder).flatMap((name) =>
      readdirSync(new URL(`${name}/`, folder))
        .filter((file) => file.endsWith('.dcm'))
        .map((file) => `${name}/${file}`),
    )
  : [];

/** Mean grey of the left and of the right half as displayed: the chest wall's half is brighter. */
const halves = (image: MammogramImage, flip: boolean) => {
  const grey = presentationTransform(image);
  const sums = [0, 0];
  for (let y = 0; y < image.rows; y += 4)
    for (let x = 0; x < image.columns; x += 4) {
      const half = x < image.columns / 2 === flip ? 1 : 0;
      sums[half] = (sums[half] as number) + grey(image.pixels[y * image.columns + x] as number);
    }
  return { left: sums[0] as number, right: sums[1] as number };
};

describe.skipIf(!present)('the real cases', () => {
  it.each(files)('%s opens, hangs and turns its chest wall inwards', async (path) => {
    const result = await readDicom(new Uint8Array(readFileSync(new URL(path, folder))), path);
    if (!result.ok) throw new Error(result.error.reason.code);
    const { header, image } = result.value;
    expect(placeOf(header)).toBe(/(\w+)\.dcm$/.exec(path)?.[1]);
    expect(header.laterality.source).toBe('ImageLaterality');
    expect(header.view.source).toBe('ViewCodeSequence');
    const { flipHorizontal, flipVertical, transpose, source } = displayOrientation(header);
    expect([flipVertical, transpose, source]).toEqual([false, false, 'PatientOrientation']);
    const { left, right } = halves(image, flipHorizontal);
    if (header.laterality.value === 'L') expect(left).toBeGreaterThan(right);
    else expect(right).toBeGreaterThan(left);
  });

  it('names the films as lossy and of low resolution, without blocking them', async () => {
    for (const path of files) {
      const result = await readDicom(new Uint8Array(readFileSync(new URL(path, folder))), path);
      if (!result.ok) throw new Error(result.error.reason.code);
      const reasons = outOfScopeReasons(result.value.header, result.value.image);
      expect(reasons.every((r) => r.severity === 'warns')).toBe(true);
      const codes = reasons.map((r) => r.code);
      expect(codes).toEqual(
        path.startsWith('cbis') ? ['lossy', 'low-resolution', 'unknown-scale'] : ['unknown-scale'],
      );
    }
  });
});
