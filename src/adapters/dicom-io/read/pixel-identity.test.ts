import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pixelIdentity, samePixels } from '../../../core/image/pixel-identity.ts';
import { readDicom } from './read-dicom.ts';

const odd = new URL('../../../../../shared/odd/', import.meta.url);
const present = existsSync(odd);
if (!present) console.warn(`SKIPPED: ${odd.pathname} is absent; its reused UIDs were not read.`);

const identityOf = async (file: URL) => {
  const read = await readDicom(new Uint8Array(readFileSync(file)), file.pathname);
  if (!read.ok) throw new Error(read.error.reason.code);
  return { sop: read.value.header.sopInstanceUid, ...pixelIdentity(read.value.image) };
};

describe('the identity of pixels', () => {
  const image = { columns: 3, rows: 2, pixels: Uint16Array.of(1, 2, 3, 4, 5, 6) };

  it('is that of the values, whatever they are held in', () => {
    const wide = { ...image, pixels: Int32Array.from(image.pixels) };
    expect(samePixels(pixelIdentity(image), pixelIdentity(wide))).toBe(true);
    expect(pixelIdentity(image).digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it('changes with one value, with an exchange of two, and with the size', () => {
    const changed = [
      { ...image, pixels: Uint16Array.of(1, 2, 3, 4, 5, 7) },
      { ...image, pixels: Uint16Array.of(2, 1, 3, 4, 5, 6) },
      { ...image, columns: 2, rows: 3 },
      { ...image, pixels: new Uint16Array(6) },
    ];
    const digests = [image, ...changed].map((one) => pixelIdentity(one).digest);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it.skipIf(!present)('tells images apart that carry one UID', async () => {
    const a = await identityOf(new URL('attack/uid-reuse-A.dcm', odd));
    const b = await identityOf(new URL('attack/uid-reuse-A2-other-pixels.dcm', odd));
    expect(b.sop).toBe(a.sop);
    expect([b.columns, b.rows]).toEqual([a.columns, a.rows]);
    expect(samePixels(a, b)).toBe(false);
    const half = await identityOf(new URL('U1-half.dcm', odd));
    const whole = await identityOf(new URL('I10.dcm', odd));
    expect(samePixels(half, whole)).toBe(false);
    expect(samePixels(a, await identityOf(new URL('attack/uid-reuse-A.dcm', odd)))).toBe(true);
  });
});
