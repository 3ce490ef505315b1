import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  PATTERN_COLUMNS,
  PATTERN_ROWS,
  patternPixels,
  type PatternKind,
} from '../fixtures/pattern.ts';
import { readDicom } from '../read/read-dicom.ts';
import { transferSyntaxOf } from '../read/transfer-syntax.ts';

const folder = new URL('../fixtures/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.dcm'));

/** Largest error of the files that were compressed with loss, in stored values. */
const lossy: Readonly<Record<string, number>> = {
  'jpeg-baseline-u8.dcm': 6,
  'jpeg-extended-u12.dcm': 8,
  'jpeg-ls-near3-u12.dcm': 3,
  'jpeg2000-lossy-u12.dcm': 16,
  'htj2k-lossy-u12.dcm': 4,
};

const arrays: Readonly<Record<PatternKind, unknown>> = {
  u12: Uint16Array,
  u8: Uint8Array,
  s12: Int16Array,
  u16: Uint16Array,
};

const open = async (name: string) => {
  const result = await readDicom(readFileSync(new URL(name, folder)), name);
  if (!result.ok) throw new Error(`${name}: ${result.error.reason.code}`);
  return result.value;
};

const largestError = (found: ArrayLike<number>, wanted: readonly number[]): number =>
  wanted.reduce((most, w, i) => Math.max(most, Math.abs((found[i] ?? Number.NaN) - w)), 0);

describe('readDicom decodes', () => {
  it.each(files)('%s', async (name) => {
    const kind = /-(u12|u8|s12|u16)\.dcm$/.exec(name)?.[1] as PatternKind;
    const { header, image } = await open(name);
    expect([image.rows, image.columns]).toEqual([PATTERN_ROWS, PATTERN_COLUMNS]);
    expect(image.pixels).toBeInstanceOf(arrays[kind]);
    expect(image.pixels).toHaveLength(PATTERN_ROWS * PATTERN_COLUMNS);
    expect(largestError(image.pixels, patternPixels(kind))).toBeLessThanOrEqual(lossy[name] ?? 0);
    expect([header.laterality.value, header.view.value]).toEqual(['L', 'MLO']);
    expect(header.patientName).toBe('Synthetic, Pattern');
    expect(image.spacing).toEqual({ row: 0.085, column: 0.085 });
  });

  it('has a file for every transfer syntax that is read', async () => {
    const seen = new Set<string>();
    for (const name of files) seen.add((await open(name)).header.transferSyntaxUid);
    const base = '1.2.840.10008.1.2';
    const all = ['', '.1', '.1.98', '.1.99', '.2', '.5'].concat(
      [50, 51, 57, 70, 80, 81, 90, 91, 201, 202, 203].map((n) => `.4.${n}`),
    );
    expect([...seen].sort()).toEqual(all.map((suffix) => base + suffix).sort());
    for (const uid of seen) expect(transferSyntaxOf(uid)).toBeDefined();
  });

  it('says of lossy files that they are', async () => {
    for (const name of Object.keys(lossy)) expect((await open(name)).header.lossy, name).toBe(true);
    for (const name of ['jpeg2000-exact-u12.dcm', 'jpeg-ls-u12.dcm', 'rle-u12.dcm'])
      expect((await open(name)).header.lossy, name).toBe(false);
  });
});
