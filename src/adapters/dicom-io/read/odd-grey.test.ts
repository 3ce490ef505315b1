import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outOfScopeReasons } from '../../../core/lesion/scope.ts';
import { breastShape } from '../../../core/image/breast-shape.ts';
import { presentationTransform } from '../../../core/image/presentation-values.ts';
import { toWorkingImage, type WorkingRule } from '../../../core/image/working-image.ts';
import { readDicom } from './read-dicom.ts';

const odd = new URL('../../../../../shared/odd/', import.meta.url);
const demo = new URL('../../../../public/demo/', import.meta.url);
const present = existsSync(odd);
if (!present) console.warn(`SKIPPED: ${odd.pathname} is absent; odd grey was not tried.`);

const rule: WorkingRule = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 1360,
  lowPercentile: 2,
  highPercentile: 99.5,
};
const open = async (url: URL) => {
  const read = await readDicom(new Uint8Array(readFileSync(url)), url.pathname);
  if (!read.ok) throw new Error(read.error.reason.code);
  const working = toWorkingImage(read.value.image, rule);
  const { columns, rows } = read.value.image;
  // Compared by digest: a million floats one by one take a minute.
  const hash = createHash('sha256').update(working.breast);
  const digest = hash.update(new Uint8Array(working.data.buffer)).digest('hex');
  return { ...read.value, digest, fit: breastShape(working, columns, rows).box };
};
const oddOne = (name: string) => open(new URL(`${name}.dcm`, odd));

describe.skipIf(!present)('odd grey', () => {
  it('I10: a window that hides the mass changes nothing of what is scored', async () => {
    const [hidden, plain] = [await oddOne('I10'), await open(new URL('demo-1-RCC.dcm', demo))];
    expect(hidden.digest).toBe(plain.digest);
    expect(hidden.fit).toEqual(plain.fit);
  });

  it('E1, E11b, E6c, E8b: one exposure, however its values are written', async () => {
    const plain = await oddOne('E1');
    expect(plain.fit.width).toBeGreaterThan(100);
    for (const name of ['E11b', 'E6c', 'E8b']) {
      const { digest, fit } = await oddOne(name);
      expect(fit, name).toEqual(plain.fit);
      expect(digest, name).toBe(plain.digest);
    }
  });

  it('E1: a table is as deep as its entries', async () => {
    const { image } = await oddOne('E1');
    expect(image.voi).toMatchObject([{ kind: 'lut', lut: { bits: 12 } }]);
  });

  it('E11b: the first input of a table is signed where the inputs are', async () => {
    const { image } = await oddOne('E11b');
    expect(image.voi).toMatchObject([{ kind: 'lut', lut: { firstMapped: -1000 } }]);
    const grey = presentationTransform(image);
    expect(grey(400)).toBeGreaterThan(grey(100) + 0.2);
  });

  it('E6c: a width below 1 is taken as stated', async () => {
    const { image } = await oddOne('E6c');
    expect(image.voi).toMatchObject([{ center: 0.0306, width: 0.0612, fn: 'LINEAR_EXACT' }]);
    const grey = presentationTransform(image);
    expect(grey(306)).toBeCloseTo(0.5, 6);
  });

  it('E8b: values that exceed Bits Stored are whole, and it is said', async () => {
    const { image, header } = await oddOne('E8b');
    expect(Array.from(image.pixels).reduce((a, b) => Math.max(a, b), 0)).toBe(8224);
    expect(outOfScopeReasons(header, image).map(({ code }) => code)).toContain(
      'beyond-declared-bits',
    );
  });
});
