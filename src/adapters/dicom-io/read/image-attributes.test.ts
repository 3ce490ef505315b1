import { describe, expect, it } from 'vitest';
import { presentationTransform } from '../../../core/image/presentation-values.ts';
import {
  dicomFile,
  mammogramFile,
  mammogramItem,
  words,
  type Field,
} from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const open = async (changes: Readonly<Record<string, Field | undefined>>) => {
  const result = await readDicom(mammogramFile(changes), 'test.dcm');
  if (!result.ok) throw new Error(result.error.reason.code);
  return result.value;
};
const imageOf = async (changes: Readonly<Record<string, Field | undefined>>) =>
  (await open(changes)).image;

const four: Readonly<Record<string, Field>> = { '00280010': ['US', [2]], '00280011': ['US', [2]] };

describe('stored pixels', () => {
  it('drops the bits above the stored ones', async () => {
    const { pixels } = await imageOf({
      ...four,
      '7fe00010': ['OW', words([0xf001, 0x0fff, 0x8000, 0x1234])],
    });
    expect([...pixels]).toEqual([0x001, 0xfff, 0, 0x234]);
  });

  it('extends the sign from the stored bits', async () => {
    const { pixels, signed } = await imageOf({
      ...four,
      '00280103': ['US', [1]],
      '7fe00010': ['OW', words([0x0fff, 0x0800, 0x07ff, 0x0000])],
    });
    expect(signed).toBe(true);
    expect([...pixels]).toEqual([-1, -2048, 2047, 0]);
  });

  it.each([
    ['unsigned', 0, [1, 2, 4095, 0], true],
    ['unsigned with stray bits', 0, [0xf001, 2, 3, 4], false],
    ['signed', 1, [0xffff, 0xf800, 0x07ff, 0], true],
    ['signed, its sign not carried on', 1, [0x0fff, 0, 0, 0], false],
  ])('copies %s pixels only where they change, never writing to the file', async (...given) => {
    const [, sign, values, shared] = given;
    const changes: Record<string, Field> = { ...four, '00280103': ['US', [sign]] };
    const bytes = mammogramFile({ ...changes, '7fe00010': ['OW', words(values)] });
    const before = bytes.slice();
    const result = await readDicom(bytes, 'test.dcm');
    if (!result.ok) throw new Error(result.error.reason.code);
    expect(result.value.image.pixels.buffer === bytes.buffer).toBe(shared);
    expect(bytes).toEqual(before);
  });

  it('finds the stored bits below HighBit', async () => {
    const { pixels } = await imageOf({
      ...four,
      '00280102': ['US', [15]],
      '7fe00010': ['OW', words([0xfff0, 0x0010, 0x123f, 0x8000])],
    });
    expect([...pixels]).toEqual([0xfff, 1, 0x123, 0x800]);
  });

  it('reads 8-bit pixels of odd number', async () => {
    const { pixels } = await imageOf({
      '00280010': ['US', [1]],
      '00280011': ['US', [3]],
      '00280100': ['US', [8]],
      '00280101': ['US', [8]],
      '00280102': ['US', [7]],
      '7fe00010': ['OB', Uint8Array.of(1, 128, 255)],
    });
    expect(pixels).toEqual(Uint8Array.of(1, 128, 255));
  });
});

describe('grey rules', () => {
  it('reads several windows with their names and function', async () => {
    const { voi } = await imageOf({
      '00281050': ['DS', '2000\\1800.5\\900'],
      '00281051': ['DS', '1500\\1000 \\0'],
      '00281055': ['LO', 'NORMAL\\HARDER\\BROKEN'],
      '00281056': ['CS', 'SIGMOID'],
    });
    expect(voi).toEqual([
      { kind: 'window', center: 2000, width: 1500, fn: 'SIGMOID', explanation: 'NORMAL' },
      { kind: 'window', center: 1800.5, width: 1000, fn: 'SIGMOID', explanation: 'HARDER' },
    ]);
  });

  it('has no preset where the file names none', async () => {
    expect((await imageOf({})).voi).toEqual([]);
  });

  it.each([
    ['OW', words([0, 1000, 3000, 4095])],
    ['US', [0, 1000, 3000, 4095]],
  ] as const)('reads the data of a VOI LUT as %s', async (vr, data) => {
    const { voi } = await imageOf({
      '00283010': ['SQ', [{ '00283002': ['US', [4, 100, 12]], '00283006': [vr, data] }]],
    });
    expect(voi).toMatchObject([{ lut: { values: Uint16Array.of(0, 1000, 3000, 4095) } }]);
  });

  it('reads VOI LUTs, 16-bit and packed', async () => {
    const table = (bits: number, data: Uint8Array, name: string) => ({
      '00283002': ['US', [4, 100, bits]] as const,
      '00283003': ['LO', name] as const,
      '00283006': ['OW', data] as const,
    });
    const { voi } = await imageOf({
      '00283010': [
        'SQ',
        [
          table(12, words([0, 1000, 3000, 4095]), 'FILM'),
          table(8, Uint8Array.of(0, 10, 200, 255), 'SOFT'),
        ],
      ],
    });
    expect(voi).toEqual([
      {
        kind: 'lut',
        lut: {
          firstMapped: 100,
          bits: 12,
          values: Uint16Array.of(0, 1000, 3000, 4095),
          explanation: 'FILM',
        },
      },
      {
        kind: 'lut',
        lut: {
          firstMapped: 100,
          bits: 8,
          values: Uint8Array.of(0, 10, 200, 255),
          explanation: 'SOFT',
        },
      },
    ]);
  });

  it('leaves out a LUT whose data are too short', async () => {
    const broken = { '00283002': ['US', [400, 0, 12]], '00283006': ['OW', words([1, 2])] } as const;
    expect((await imageOf({ '00283010': ['SQ', [broken]] })).voi).toEqual([]);
  });

  it('reads rescale and the Modality LUT', async () => {
    const rescale = await imageOf({ '00281052': ['DS', '-1024'], '00281053': ['DS', '2.5'] });
    expect(rescale.modality).toEqual({ slope: 2.5, intercept: -1024 });
    const lut = { '00283002': ['US', [2, 7, 16]], '00283006': ['OW', words([9, 65_535])] } as const;
    const { modality } = await imageOf({ '00283000': ['SQ', [lut]] });
    expect(modality).toEqual({ firstMapped: 7, bits: 16, values: Uint16Array.of(9, 65_535) });
  });

  it('reads signed padding and its range', async () => {
    const { padding } = await imageOf({
      '00280103': ['US', [1]],
      '00280120': ['SS', [-2000]],
      '00280121': ['SS', [-2040]],
    });
    expect(padding).toEqual({ low: -2040, high: -2000 });
    expect((await imageOf({ '00280120': ['US', [4095]] })).padding).toEqual({
      low: 4095,
      high: 4095,
    });
  });

  it('inverts MONOCHROME1 once, with or without the INVERSE that goes with it', async () => {
    const brightest = async (changes: Readonly<Record<string, Field>>) =>
      presentationTransform(await imageOf(changes))(4095);
    expect(await brightest({ '00280004': ['CS', 'MONOCHROME2'] })).toBe(1);
    expect(await brightest({ '00280004': ['CS', 'MONOCHROME1'] })).toBe(0);
    expect(
      await brightest({ '00280004': ['CS', 'MONOCHROME1'], '20500020': ['CS', 'INVERSE'] }),
    ).toBe(0);
  });
});

describe('absurd numbers', () => {
  it.each([
    ['a slope', { '00281053': ['DS', '1e308'] }],
    ['an intercept', { '00281052': ['DS', '-1e308'] }],
    ['a window', { '00281050': ['DS', '1e308'], '00281051': ['DS', '1e308'] }],
  ] satisfies [string, Record<string, Field>][])(
    '%s gives grey in [0, 1] all the same',
    async (_, changes) => {
      const grey = presentationTransform(await imageOf(changes));
      for (const stored of [0, 1, 2048, 4095]) {
        expect(grey(stored)).toBeGreaterThanOrEqual(0);
        expect(grey(stored)).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe('geometry', () => {
  it('names the plane of the spacing', async () => {
    const imager = await imageOf({ '00181164': ['DS', '0.07\\0.08'] });
    expect(imager).toMatchObject({
      spacing: { row: 0.07, column: 0.08 },
      spacingSource: 'ImagerPixelSpacing',
    });
    expect(imager.pixelAspect).toBeCloseTo(0.875);
    const same = await imageOf({
      '00181164': ['DS', '0.07\\0.07'],
      '00280030': ['DS', '0.07\\0.07'],
    });
    expect(same.spacingSource).toBe('ImagerPixelSpacing');
    const corrected = await imageOf({
      '00181114': ['DS', '1.07'],
      '00181164': ['DS', '0.07\\0.07'],
      '00280030': ['DS', '0.0654\\0.0654'],
    });
    expect(corrected).toMatchObject({
      spacing: { row: 0.0654, column: 0.0654 },
      spacingSource: 'PixelSpacing',
      magnification: 1.07,
    });
  });

  it('passes over a Pixel Spacing that makes the picture larger than any detector', async () => {
    const tall: Record<string, Field> = {
      '00280010': ['US', [700]],
      '7fe00010': ['OW', Uint8Array.from({ length: 700 * 6 * 2 }, (_, i) => (i % 2 ? 1 : i))],
    };
    const found = async (changes: Record<string, Field>) => imageOf({ ...tall, ...changes });
    const placeholder: Record<string, Field> = { '00280030': ['DS', '1\\1'] };
    expect(await found({ ...placeholder, '00181164': ['DS', '0.07\\0.07'] })).toMatchObject({
      spacing: { row: 0.07, column: 0.07 },
      spacingSource: 'ImagerPixelSpacing',
    });
    expect(await found({ ...placeholder, '00182010': ['DS', '0.05\\0.05'] })).toMatchObject({
      spacingSource: 'NominalScannedPixelSpacing',
    });
    // Of a picture that was made smaller it is the one that is right.
    const halved: Record<string, Field> = { '00280030': ['DS', '0.7\\0.7'] };
    expect(await found({ ...halved, '00181164': ['DS', '0.07\\0.07'] })).toMatchObject({
      spacing: { row: 0.7, column: 0.7 },
    });
  });

  it('says how Pixel Spacing was calibrated, where the file does', async () => {
    const calibrated = (type: string, pixel: string) =>
      imageOf({
        '00181164': ['DS', '0.07\\0.07'],
        '00280030': ['DS', pixel],
        '00280a02': ['CS', type],
      });
    const found = async (type: string, pixel = '0.06\\0.06') =>
      (await calibrated(type, pixel)).spacingCalibration;
    expect(await found('FIDUCIAL')).toBe('fiducial');
    expect(await found('GEOMETRY')).toBe('geometry');
    expect(await found('GUESS')).toBeUndefined();
    // Equal to the imager spacing it is not calibrated, whatever the type says (PS3.3 10.7.1.3).
    expect(await found('GEOMETRY', '0.07\\0.07')).toBeUndefined();
  });

  it('falls back to the aspect ratio, and to square pixels', async () => {
    const tall = await imageOf({ '00280034': ['IS', '17\\10'] });
    expect([tall.spacing, tall.pixelAspect]).toEqual([undefined, 1.7]);
    const broken = await imageOf({ '00280030': ['DS', '0\\0'] });
    expect([broken.spacing, broken.pixelAspect]).toEqual([undefined, 1]);
  });

  it.each(['0x1\\0x1', '0b1\\0b1', '0.07\\0x1', '1_0\\1_0', 'Infinity\\Infinity'])(
    'takes no number from %j, in spacing, factor, window or rescale',
    async (text) => {
      const [first = ''] = text.split('\\').slice(-1);
      for (const tag of ['00280030', '00181164', '00182010'])
        expect((await imageOf({ [tag]: ['DS', text] })).spacing).toBeUndefined();
      expect((await imageOf({ '00181114': ['DS', first] })).magnification).toBeUndefined();
      const grey = await imageOf({
        '00281050': ['DS', '2000'],
        '00281051': ['DS', first],
        '00281052': ['DS', first],
        '00281053': ['DS', first],
      });
      expect(grey.voi).toEqual([]);
      expect(grey.modality).toEqual({ slope: 1, intercept: 0 });
    },
  );

  it.each(['200\\200', '0.2', '0.2\\1.2'])(
    'keeps what it says where it cannot be used: %s',
    async (said) => {
      const { spacing, unusedSpacing } = await imageOf({ '00280030': ['DS', said] });
      expect([spacing, unusedSpacing]).toEqual([undefined, said]);
    },
  );

  it('does not believe spacings that no mammogram has: the working image would grow with them', async () => {
    for (const absurd of ['1000\\0.001', '0.07\\70', '1e-9\\1e-9', '1e300\\1e300'])
      for (const tag of ['00280030', '00181164', '00280034']) {
        const { spacing, pixelAspect } = await imageOf({ [tag]: ['DS', absurd] });
        expect([spacing, pixelAspect]).toEqual([undefined, 1]);
      }
  });
});

describe('the header', () => {
  it('reads names in the character set of the file', async () => {
    const utf8 = new TextEncoder().encode('Müller^Änne=');
    const { header } = await open({
      '00080005': ['CS', 'ISO_IR 192'],
      '00100010': ['PN', utf8],
    });
    expect(header.patientName).toBe('Müller, Änne');
    const latin = await open({
      '00080005': ['CS', 'ISO_IR 100'],
      '00100010': ['PN', Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72)],
    });
    expect(latin.header.patientName).toBe('Müller');
  });

  it('keeps what a report repeats as it stands in the file', async () => {
    const { header } = await open({
      '00080023': ['DA', '20240103'],
      '00080090': ['PN', 'Referrer^Ann'],
      '00100010': ['PN', 'Doe^Jane^Q^Dr'],
      '00100040': ['CS', 'F'],
      '00200010': ['SH', 'S-7'],
    });
    expect(header).toMatchObject({
      personName: 'Doe^Jane^Q^Dr',
      patientName: 'Doe, Jane Q',
      patientSex: 'F',
      studyId: 'S-7',
      referringPhysicianName: 'Referrer^Ann',
      contentDate: '20240103',
    });
  });

  it.each([
    ['20260101', '20260101'],
    ['2026.01.01', '20260101'],
    ['2026-01-01', '20260101'],
    ['00000000', ''],
  ])('reads the study date %s', async (written, date) => {
    const dates = { '00080020': ['DA', written], '00080023': ['DA', written] } as const;
    const { header } = await open(dates);
    expect([header.studyDate, header.contentDate]).toEqual([date, date]);
  });

  it('reads view code, modifiers, implant and magnification', async () => {
    const modifier = { '00080100': ['SH', 'R-102D6'], '00080102': ['SH', 'SRT'] } as const;
    const { header } = await open({
      '00181114': ['DS', '1.8'],
      '00281300': ['CS', 'YES'],
      '00540220': ['SQ', [{ '00080100': ['SH', '399260004'], '00540222': ['SQ', [modifier]] }]],
    });
    expect(header.view).toMatchObject({ value: 'ML', source: 'ViewCodeSequence' });
    expect(header.viewModifiers).toEqual(['magnification']);
    expect(header.breastImplantPresent).toBe(true);
    expect(header.magnification).toEqual({ factor: 1.8, from: 'stated' });
  });

  it('opens a radiograph of modality CR that names a breast view, and no other', async () => {
    const cr = {
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1'],
      '00080060': ['CS', 'CR'],
    } as const;
    expect((await open(cr)).header.modality).toBe('CR');
    const chest = await readDicom(mammogramFile({ ...cr, '00185101': ['CS', 'PA'] }), 'chest.dcm');
    expect(chest).toMatchObject({ ok: false, error: { reason: { code: 'file.not-a-mammogram' } } });
  });

  it.each([
    [{ '00082218': ['SQ', [{ '00080100': ['SH', '76752008'] }]] }, undefined],
    [{ '00082218': ['SQ', [{ '00080100': ['SH', 'T-04000'] }]] }, undefined],
    [{ '00082218': ['SQ', [{ '00080100': ['SH', '80248007'] }]] }, 'L'],
    [{ '00400318': ['CS', 'BREAST'], '00181508': ['CS', 'MAMMOGRAPHIC'] }, undefined],
  ] as const)('opens a radiograph that names the breast by %j alone', async (named, side) => {
    const { header } = await open({
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.1.1'],
      '00080060': ['CS', 'DX'],
      ...{ '00185101': undefined, '00200062': undefined, '00200020': undefined },
      ...named,
    });
    expect(header.laterality.value).toBe(side);
  });

  it('opens a data set without preamble', async () => {
    const whole = dicomFile(mammogramItem());
    const meta = 132 + 12 + (whole[140] as number) + (whole[141] as number) * 256;
    const result = await readDicom(whole.slice(meta), 'bare');
    expect(result).toMatchObject({ ok: true, value: { image: { rows: 4, columns: 6 } } });
  });
});
