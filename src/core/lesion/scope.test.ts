import { describe, expect, it } from 'vitest';
import type { MammogramImage } from '../image/mammogram-image.ts';
import { plainImage } from '../image/plain-image.ts';
import { outOfScopeReasons } from './scope.ts';
import { testHeader } from '../dicom/test-header.ts';

const image = plainImage(2560, 3328, new Uint16Array(0), {
  spacing: { row: 0.07, column: 0.07 },
  spacingSource: 'ImagerPixelSpacing',
});
const codes = (
  header: Parameters<typeof testHeader>[0],
  changes: Partial<MammogramImage> = {},
): string[] =>
  outOfScopeReasons(testHeader(header), { ...image, ...changes }).map(
    (r) => `${r.severity} ${r.code}`,
  );

describe('outOfScopeReasons', () => {
  it('has nothing to say of a plain digital mammogram', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ view: 'MLO', magnification: { factor: 1.07 } })).toEqual([]);
  });

  it.each([
    [{ presentationIntentType: 'FOR PROCESSING' }, 'blocks for-processing'],
    [{ sopClassUid: '1.2.840.10008.5.1.4.1.1.1.2.1' }, 'blocks for-processing'],
    [{ numberOfFrames: 60 }, 'blocks tomosynthesis'],
    [{ view: 'SPECIMEN' }, 'blocks specimen'],
    [{ kind: 'synthesized' }, 'warns synthesized'],
    [{ kind: 'tomosynthesis' }, 'blocks tomosynthesis'],
    [{ kind: 'recombined' }, 'blocks recombined'],
    [{ kind: 'high-energy' }, 'blocks recombined'],
    [{ kind: 'low-energy' }, 'warns contrast'],
    [{ kind: 'stereotactic' }, 'warns stereotactic'],
    [{ kind: 'mask' }, 'blocks mask'],
    [{ magnification: { impossible: 106 } }, 'warns magnification-unclear'],
    [{ viewModifiers: ['magnification'] }, 'warns magnification'],
    [{ magnification: { factor: 1.8 } }, 'warns magnification'],
    [{ viewModifiers: ['spot compression'] }, 'warns spot-compression'],
    [{ viewModifiers: ['implant displaced'] }, 'warns implant'],
    [{ breastImplantPresent: true }, 'warns implant'],
    [{ view: 'ML' }, 'warns other-view'],
    [{ viewModifiers: ['tangential'] }, 'warns other-view'],
    [{ viewModifiers: ['cleavage'] }, 'warns other-view'],
    [{ viewModifiers: ['axillary tail'] }, 'warns other-view'],
    [{ view: undefined }, 'warns unknown-view'],
    [{ side: undefined }, 'warns unknown-side'],
    [{ lossy: true }, 'warns lossy'],
  ] as const)('%o', (changes, wanted) => {
    expect(codes(changes)).toEqual([wanted]);
  });

  it('judges resolution by spacing, else by the number of rows', () => {
    expect(codes({}, { spacing: { row: 0.2, column: 0.2 } })).toEqual(['warns low-resolution']);
    const { spacing: _spacing, ...unknown } = image;
    const of = (rows: number, pixelAspect: number) =>
      outOfScopeReasons(testHeader(), { ...unknown, rows, pixelAspect }).map((r) => r.code);
    expect(of(1360, 1)).toEqual(['low-resolution', 'unknown-scale']);
    expect(of(1000, 1.7)).toEqual(['unknown-scale']);
  });
});
