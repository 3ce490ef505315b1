import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encapsulate, mammogramFile, words } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const storage = '1.2.840.10008.5.1.4.1.1';
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../fixtures/${name}`, import.meta.url)));

const failureOf = async (bytes: Uint8Array) => {
  const result = await readDicom(bytes, 'some/file.dcm');
  if (result.ok) throw new Error('the file was opened');
  expect(result.error.fileName).toBe('some/file.dcm');
  return result.error;
};

const good = mammogramFile();
const frameStart = new TextEncoder();

/** Bytes that are no codestream and not as many as the picture has. */
const noise = {
  '7fe00010': ['OB', Uint8Array.from({ length: 500 }, (_, i) => (i * 89 + 7) % 251)],
} as const;

const cases: readonly (readonly [string, Uint8Array, code: string, values?: object])[] = [
  ['an empty file', new Uint8Array(0), 'empty-file'],
  [
    'a text file renamed .dcm',
    frameStart.encode('Dear colleague, please find enclosed. '.repeat(20)),
    'not-dicom',
  ],
  ['a very short file', Uint8Array.of(1, 2, 3), 'not-dicom'],
  ['a header cut off in the meta group', good.slice(0, 150), 'damaged-header.cut'],
  ['a header cut off in the data set', good.slice(0, 320), 'damaged-header'],
  ['pixel data cut off', good.slice(0, -20), 'truncated-pixel-data', { have: '28', want: '48' }],
  [
    'Rows too large',
    mammogramFile({ '00280010': ['US', [5]] }),
    'size-mismatch',
    {
      columns: 6,
      rows: 5,
      found: { code: 'file.size-mismatch.bytes', values: { found: '48', wanted: '60' } },
    },
  ],
  ['Columns too small', mammogramFile({ '00280011': ['US', [5]] }), 'size-mismatch'],
  [
    'a CT image',
    mammogramFile({ '00080016': ['UI', `${storage}.2`], '00080060': ['CS', 'CT'] }),
    'not-a-mammogram',
    { kind: { code: 'modality.CT', values: {} } },
  ],
  [
    'a colour secondary capture of modality MG',
    mammogramFile({
      '00080016': ['UI', `${storage}.7`],
      '00280002': ['US', [3]],
      '00280004': ['CS', 'RGB'],
      '00280100': ['US', [8]],
      '00280101': ['US', [8]],
      '00280102': ['US', [7]],
      '7fe00010': ['OW', Uint8Array.from({ length: 72 }, (_, i) => 3 * i)],
    }),
    'colour',
    { kind: 'RGB' },
  ],
  [
    'a colour secondary capture of modality OT',
    mammogramFile({
      '00080016': ['UI', `${storage}.7`],
      '00080060': ['CS', 'OT'],
      '00185101': undefined,
      '00280002': ['US', [3]],
      '00280004': ['CS', 'RGB'],
    }),
    'not-a-mammogram',
    { kind: { code: 'modality.OT', values: {} } },
  ],
  [
    '12-bit progressive JPEG',
    mammogramFile(
      {
        '7fe00010': [
          'OB',
          encapsulate(
            Uint8Array.of(
              ...[0xff, 0xd8, 0xff, 0xc2, 0, 11, 12, 0, 4, 0, 6, 1, 1, 0x11, 0, 0xff, 0xd9],
            ),
          ),
        ],
      },
      '1.2.840.10008.1.2.4.51',
    ),
    'jpeg-process',
    { process: '12-bit progressive JPEG' },
  ],
  [
    'raw data of modality MG',
    mammogramFile({ '00080016': ['UI', `${storage}.66`] }),
    'not-a-mammogram',
    { kind: { code: 'class.raw', values: {} } },
  ],
  [
    'a private class of modality MG',
    mammogramFile({ '00080016': ['UI', '1.2.840.113619.4.30'] }),
    'not-a-mammogram',
    { kind: { code: 'class.private', values: { uid: '1.2.840.113619.4.30' } } },
  ],
  [
    'two frames that are not declared',
    mammogramFile({
      '7fe00010': ['OW', words(Array.from({ length: 48 }, (_, i) => i))],
    }),
    'size-mismatch.frames',
    { frames: 2 },
  ],
  [
    'a structured report',
    mammogramFile({ '00080016': ['UI', `${storage}.88.50`], '00080060': ['CS', 'SR'] }),
    'not-a-mammogram',
    { kind: { code: 'modality.SR', values: {} } },
  ],
  [
    'breast tomosynthesis',
    mammogramFile({ '00080016': ['UI', `${storage}.13.1.3`], '00280008': ['IS', '52'] }),
    'tomosynthesis',
    { frames: 52 },
  ],
  [
    'an MG object of several frames',
    mammogramFile({ '00280008': ['IS', '15'] }),
    'tomosynthesis',
    { frames: 15 },
  ],
  [
    'MPEG-4 video',
    mammogramFile(noise, '1.2.840.10008.1.2.4.102'),
    'unsupported-transfer-syntax',
    {
      name: { code: 'file.encoding.video', values: { name: 'MPEG-4' } },
      uid: '1.2.840.10008.1.2.4.102',
    },
  ],
  [
    'an unknown transfer syntax',
    mammogramFile(noise, '1.2.3.4'),
    'unsupported-transfer-syntax',
    { name: { code: 'file.encoding.unknown', values: {} }, uid: '1.2.3.4' },
  ],
  ['no SOP Instance UID', mammogramFile({ '00080018': undefined }), 'missing-identifier'],
  [
    'a SOP Instance UID that is a key of every object',
    mammogramFile({ '00080018': ['UI', 'constructor'] }),
    'missing-identifier',
  ],
  ['no pixel data', mammogramFile({ '7fe00010': undefined }), 'no-pixel-data'],
  ['empty pixel data', mammogramFile({ '7fe00010': ['OW', new Uint8Array(0)] }), 'no-pixel-data'],
  ['zero rows', mammogramFile({ '00280010': ['US', [0]] }), 'bad-size', { rows: 0, columns: 6 }],
  ['no rows', mammogramFile({ '00280010': undefined }), 'bad-size'],
  [
    'an absurd size',
    mammogramFile({ '00280010': ['US', [65_535]], '00280011': ['US', [65_535]] }),
    'too-large.size',
    { columns: 65_535, rows: 65_535 },
  ],
  [
    '32 bits a pixel',
    mammogramFile({ '00280100': ['US', [32]] }),
    'unsupported-pixel-format',
    { way: { code: 'file.way.bits', values: { bits: 32 } } },
  ],
  [
    'more bits stored than any word has',
    mammogramFile({ '00280101': ['US', [17]] }),
    'unsupported-pixel-format',
    {
      way: { code: 'file.way.stored', values: { stored: 17, allocated: 16, highest: 11 } },
    },
  ],
  [
    'compressed pixels that are not encapsulated',
    mammogramFile(noise, '1.2.840.10008.1.2.4.70'),
    'damaged-pixel-data',
    { format: expect.stringMatching(/^JPEG Lossless/) },
  ],
];

it.each(['constructor', '__proto__', 'toString', 'nonsense'])(
  'readDicom takes a text in the unknown character set "%s" as Latin-1',
  async (name) => {
    const result = await readDicom(mammogramFile({ '00080005': ['CS', name] }), 'x');
    expect(result.ok && result.value.header.patientName).toBe('Doe, Jane');
  },
);

describe('readDicom refuses with a reason', () => {
  it.each(cases.map(([name, ...rest]) => ({ name, rest })))('$name', async ({ rest }) => {
    const [bytes, code, values = {}] = rest;
    const { reason } = await failureOf(bytes);
    expect(reason).toMatchObject({ code: `file.${code}`, values });
  });

  it('opens the file that those were made from', async () => {
    expect((await readDicom(good, 'good.dcm')).ok).toBe(true);
  });

  it.each(['rle-u12', 'jpeg-ls-u12', 'jpeg2000-u12', 'htj2k-lossless-u12', 'jpeg-baseline-u8'])(
    'a fragment cut off: %s',
    async (name) => {
      const bytes = fixture(`${name}.dcm`);
      const failure = await failureOf(bytes.slice(0, bytes.length - 200));
      expect(failure.reason.code).toBe('file.truncated-pixel-data');
    },
  );

  it.each(['jpeg-ls-u12', 'jpeg2000-u12', 'htj2k-lossless-u12', 'jpeg-lossless-sv1-u12'])(
    'a codestream of another size than Rows and Columns: %s',
    async (name) => {
      const bytes = fixture(`${name}.dcm`);
      const rows = bytes.findIndex(
        (_, i) => bytes[i] === 0x28 && bytes[i + 2] === 0x10 && bytes[i + 4] === 0x55 && i > 300,
      );
      bytes[rows + 8] = 46;
      const failure = await failureOf(bytes);
      expect(failure.reason).toMatchObject({
        code: 'file.size-mismatch',
        values: { columns: 61, rows: 46, found: { values: { columns: 61, rows: 47 } } },
      });
    },
  );

  it.each(['jpeg2000-u12', 'htj2k-lossless-u8'])(
    '%s whose component has fewer samples than the picture, before a decoder searches for them',
    async (name) => {
      const file = fixture(`${name}.dcm`);
      const siz = Buffer.from(file).lastIndexOf(Uint8Array.of(0xff, 0x4f, 0xff, 0x51));
      file[siz + 44] = 130;
      expect((await failureOf(file)).reason.code).toBe('file.size-mismatch');
      file[siz + 44] = 0;
      expect((await failureOf(file)).reason.code).toBe('file.damaged-pixel-data');
    },
  );

  it('a compressed frame that is noise', async () => {
    const noise = Uint8Array.from({ length: 500 }, (_, i) => (i * 89 + 7) % 251);
    for (const suffix of ['5', '4.50', '4.51', '4.70', '4.80', '4.90', '4.201']) {
      const file = mammogramFile(
        { '7fe00010': ['OB', encapsulate(noise)] },
        `1.2.840.10008.1.2.${suffix}`,
      );
      // Encapsulated pixel data have undefined length.
      const at = file.length - encapsulate(noise).length - 4;
      file.set([0xff, 0xff, 0xff, 0xff], at);
      const failure = await failureOf(file);
      expect(failure.reason.code).toMatch(/^file\.damaged-pixel-data/);
    }
  });

  it('does not mutate what it is given', async () => {
    const file = mammogramFile({ '7fe00010': ['OW', words(Array(24).fill(0xffff))] });
    const before = file.slice();
    await readDicom(file, 'x');
    expect(file).toEqual(before);
  });
});

it.each([
  ['a photometric interpretation', '00280004', {}],
  ['a modality', '00080060', { '00080016': ['UI', `${storage}.2`] }],
] as const)('quotes no more of %s than a code may have', async (_, tag, others) => {
  const code = ['LT', 'NO CODE AT ALL '.repeat(4_000)] as const;
  const { reason } = await failureOf(mammogramFile({ ...others, [tag]: code }));
  expect(JSON.stringify(reason)).toContain('NO CODE');
  expect(JSON.stringify(reason).length).toBeLessThan(250);
});
