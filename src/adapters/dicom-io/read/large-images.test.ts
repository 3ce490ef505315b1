import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mammogramFile, words } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const COLUMNS = 4096;
const ROWS = 5624;
const value = (i: number): number => {
  const x = i % COLUMNS;
  const y = (i / COLUMNS) | 0;
  return (x * 11 + y * 3 + ((x * y) & 15)) & 0xffff;
};

const large = (): Uint8Array => {
  const pixels = new Uint16Array(ROWS * COLUMNS);
  for (let i = 0; i < pixels.length; i++) pixels[i] = value(i);
  return mammogramFile({
    '00280010': ['US', [ROWS]],
    '00280011': ['US', [COLUMNS]],
    '00280101': ['US', [16]],
    '00280102': ['US', [15]],
    '7fe00010': ['OW', words(pixels)],
  });
};

const expectPattern = async (bytes: Uint8Array): Promise<void> => {
  const result = await readDicom(bytes, 'large.dcm');
  if (!result.ok) throw new Error(result.error.reason.code);
  const { pixels } = result.value.image;
  expect(pixels).toHaveLength(ROWS * COLUMNS);
  const wrong = (pixels as Uint16Array).findIndex((v, i) => v !== value(i));
  expect(wrong).toBe(-1);
};

const hasTool = (name: string): boolean => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn(`SKIPPED: ${name} (dcmtk) is not installed; large compressed images not tested.`);
    return false;
  }
};

/** Compresses the large image with one of dcmtk's tools and reads it back. */
const throughTool = async (tool: string, options: readonly string[]): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-large-'));
  try {
    const plain = join(folder, 'plain.dcm');
    const packed = join(folder, 'packed.dcm');
    writeFileSync(plain, large());
    execFileSync(tool, [...options, plain, packed]);
    await expectPattern(new Uint8Array(readFileSync(packed)));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('an image of 4096 x 5624 pixels of 16 bits', () => {
  it('opens uncompressed', () => expectPattern(large()));
  it.skipIf(!hasTool('dcmcjpls'))('opens from JPEG-LS', () => throughTool('dcmcjpls', ['+el']));
  it.skipIf(!hasTool('dcmcjpeg'))('opens from JPEG Lossless', () =>
    throughTool('dcmcjpeg', ['+e1']),
  );
});
