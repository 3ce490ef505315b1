import { describe, expect, it } from 'vitest';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { testHeader } from '../../../core/dicom/test-header.ts';
import type { ViewState } from '../../../ports/display.ts';
import {
  calibrationText,
  isSynthetic,
  sourceText,
  viewInWords,
  viewTitle,
  windowText,
  unusualTexts,
  zoomText,
} from './view-labels.ts';

const header = (change: Partial<MammogramHeader>): MammogramHeader =>
  ({
    patientName: 'Doe, Jane',
    studyDescription: 'Screening',
    seriesDescription: '',
    laterality: { value: 'R', source: 'ImageLaterality' },
    view: { value: 'CC', source: 'ViewPosition' },
    viewModifiers: [],
    kind: 'mammogram',
    ...change,
  }) as MammogramHeader;

const state: ViewState = {
  sop: '1.2',
  zoom: 0.1834,
  window: { center: 2048, width: 4096 },
  preset: 0,
  presets: ['Window 1'],
  inverted: false,
  sharpened: false,
  drawnShare: 1,
  fitted: true,
};

describe('view labels', () => {
  it('name the source of side and view, once where it is the same', () => {
    expect(sourceText(header({}))).toBe('side from ImageLaterality, view from ViewPosition');
    const both = { laterality: { value: 'R', source: 'PatientOrientation' } } as const;
    expect(
      sourceText(header({ ...both, view: { value: 'CC', source: 'PatientOrientation' } })),
    ).toBe('from PatientOrientation');
    const set = { laterality: { value: 'R', source: 'reader' } } as const;
    expect(sourceText(header(set))).toBe('side set by reader, view from ViewPosition');
    expect(sourceText(header({ ...set, view: { value: 'CC', source: 'reader' } }))).toBe(
      'set by reader',
    );
    expect(sourceText(header({ laterality: { value: undefined, source: 'none' } }))).toContain(
      'side not given',
    );
  });

  it('give the window with its preset where that tells something', () => {
    expect(windowText(state)).toBe('C 2048 W 4096');
    expect(windowText({ ...state, presets: ['NORMAL', 'HARD'], preset: 1 })).toBe(
      'C 2048 W 4096 HARD',
    );
    expect(windowText({ ...state, preset: null })).toBe('C 2048 W 4096 by hand');
    expect(windowText({ ...state, window: { center: -0.25, width: 1.5 } })).toBe('C −0.25 W 1.50');
    expect(windowText({ ...state, window: null, presets: ['HARD'] })).toBe('VOI LUT HARD');
  });

  it('count zoom in device pixels', () => {
    expect(zoomText(state, 1)).toBe('18 %');
    expect(zoomText(state, 2)).toBe('37 %');
    expect(zoomText({ ...state, zoom: 0.05 }, 1)).toBe('5.0 %');
  });

  it('never show a silent millimetre', () => {
    expect(calibrationText({ pixelAspect: 1 })).toBe('no calibration: pixels');
    const spacing = { row: 0.1, column: 0.1 };
    expect(calibrationText({ spacing, spacingSource: 'ImagerPixelSpacing', pixelAspect: 1 })).toBe(
      '0.100 mm/px at detector plane',
    );
    expect(
      calibrationText({
        spacing,
        spacingSource: 'ImagerPixelSpacing',
        magnification: 1.8,
        pixelAspect: 1,
      }),
    ).toBe('0.100 mm/px at detector plane, magnification 1.80');
    expect(calibrationText({ spacing, spacingSource: 'PixelSpacing', pixelAspect: 1 })).toBe(
      '0.100 mm/px (Pixel Spacing)',
    );
    expect(calibrationText({ spacing: { row: 0.17, column: 0.1 }, pixelAspect: 1.7 })).toContain(
      '0.100 × 0.170',
    );
  });

  it('tell a synthetic picture and name modifiers', () => {
    expect(isSynthetic(header({}))).toBe(false);
    expect(isSynthetic(header({ patientName: 'SYNTHETIC, DEMO' }))).toBe(true);
    expect(viewTitle(header({ viewModifiers: ['spot compression'] }))).toBe('RCC S');
    expect(viewInWords(header({ viewModifiers: ['spot compression'] }))).toBe(
      'RCC spot compression',
    );
    expect(viewTitle(header({ view: { value: undefined, source: 'none' } }))).toBe('R?');
  });

  it('say what is out of the ordinary, and nothing of a plain mammogram', () => {
    expect(unusualTexts(testHeader())).toEqual([]);
    const odd = testHeader({
      kind: 'synthesized',
      presentationIntentType: 'FOR PROCESSING',
      viewModifiers: ['magnification', 'implant displaced'],
      magnification: { factor: 1.8 },
      partialView: true,
      lossy: true,
      technique: { ...testHeader().technique, lossyRatios: [3, 8.25] },
      breastImplantPresent: true,
    });
    expect(unusualTexts(odd)).toEqual([
      'synthesized',
      'FOR PROCESSING',
      'magnified × 1.80',
      'implant displaced',
      'partial view',
      'lossy 8.25:1',
    ]);
    expect(unusualTexts(testHeader({ breastImplantPresent: true, lossy: true }))).toEqual([
      'implant',
      'lossy',
    ]);
  });

  it.each([
    [['reader', 'ViewPosition'], 'side set by reader'],
    [['Laterality', 'reader'], 'view set by reader'],
    [['reader', 'reader'], 'side and view set by reader'],
  ] as const)('say what the reader corrected: %s', ([side, view], text) => {
    const corrected = {
      ...testHeader(),
      laterality: { value: 'R', source: side },
      view: { value: 'CC', source: view },
    } as const;
    expect(unusualTexts(corrected)).toEqual([text]);
  });
});
