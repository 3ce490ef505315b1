import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../../core/units/join-bytes.ts';
import { dicomFile, element, elements, type Item } from '../fixtures/build-dicom.ts';
import { stateFor } from '../../../core/foreign/presentation-state.ts';
import { isInSight } from '../../../core/dicom/slices.ts';
import { isDocumentClass, readObject, sopClassOf } from './read-object.ts';

const CAD = '1.2.840.10008.5.1.4.1.1.88.50';
const BASIC_TEXT = '1.2.840.10008.5.1.4.1.1.88.11';
const STATE = '1.2.840.10008.5.1.4.1.1.11.1';
const PDF = '1.2.840.10008.5.1.4.1.1.104.1';
const KEY_OBJECTS = '1.2.840.10008.5.1.4.1.1.88.59';

const codeItem = (value: string, scheme: string, meaning: string): Item => ({
  '00080100': ['SH', value],
  '00080102': ['SH', scheme],
  '00080104': ['LO', meaning],
});
const head = (sopClass: string): Item => ({
  '00080016': ['UI', sopClass],
  '00080018': ['UI', '1.2.3.4'],
  '00080023': ['DA', '20260131'],
  '00080060': ['CS', 'SR'],
  '00080070': ['LO', 'Somebody'],
  '00100010': ['PN', 'Doe^Jane'],
  '00100020': ['LO', 'P1'],
  '0020000d': ['UI', '1.2.3'],
});
const node = (type: string, concept: string, more: Item): Item => ({
  '0040a010': ['CS', 'CONTAINS'],
  '0040a040': ['CS', type],
  '0040a043': ['SQ', [codeItem(concept, 'DCM', `name ${concept}`)]],
  ...more,
});
const imageNode = (uid: string): Item => ({
  '0040a010': ['CS', 'SELECTED FROM'],
  '0040a040': ['CS', 'IMAGE'],
  '00081199': [
    'SQ',
    [{ '00081150': ['UI', '1.2.840.10008.5.1.4.1.1.1.2'], '00081155': ['UI', uid] }],
  ],
});
const read = (bytes: Uint8Array) => readObject(bytes, 'x.dcm', 'Tandem CADx');
/** Bytes of a data set as the one item of a sequence. */
const asItem = (body: Uint8Array): Uint8Array =>
  joinBytes([
    Uint8Array.of(0xfe, 0xff, 0x00, 0xe0),
    new Uint8Array(Uint32Array.of(body.length).buffer),
    body,
  ]);
const documentOf = (bytes: Uint8Array) => {
  const found = read(bytes);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};
const report = (sopClass: string, ...children: readonly Item[]): Item => ({
  ...head(sopClass),
  '0040a040': ['CS', 'CONTAINER'],
  '0040a043': ['SQ', [codeItem('126000', 'DCM', 'Report')]],
  '0040a730': ['SQ', children],
});

describe('a structured report', () => {
  const finding = node('CODE', '111059', {
    '0040a168': ['SQ', [codeItem('F-01775', 'SRT', 'Calcification Cluster')]],
    '0040a730': [
      'SQ',
      [
        node('NUM', '111012', {
          '0040a300': [
            'SQ',
            [
              {
                '0040a30a': ['DS', '83.5'],
                '004008ea': ['SQ', [codeItem('%', 'UCUM', 'Percent')]],
              },
            ],
          ],
        }),
        node('SCOORD', '111010', {
          '00700022': ['FL', [12.5, 30.25]],
          '00700023': ['CS', 'POINT'],
          '0040a730': ['SQ', [imageNode('5.6')]],
        }),
      ],
    ],
  });

  it('is read with numbers, coordinates and images in place', () => {
    const { document, isOwn } = documentOf(dicomFile(report(CAD, finding)));
    if (document.content.kind !== 'cad') throw new Error(document.content.kind);
    expect(isOwn).toBe(false);
    expect(document.content.findings[0]).toMatchObject({
      kind: 'cluster',
      certainty: 83.5,
      marks: [{ sopInstanceUid: '5.6', centre: { x: 12.5, y: 30.25 } }],
    });
  });

  it('keeps marks on the frames that they name apart', () => {
    const on = (...frames: readonly number[]): Item => {
      const named = imageNode('5.6');
      const [, [item]] = named['00081199'] as readonly ['SQ', readonly Item[]];
      const both = { ...item, ...(frames.length > 0 && { '00081160': ['IS', frames.join('\\')] }) };
      return { ...named, '00081199': ['SQ', [both as Item]] };
    };
    const at = (x: number, ...frames: readonly number[]) =>
      node('SCOORD', '111010', {
        '00700022': ['FL', [x, 2]],
        '00700023': ['CS', 'POINT'],
        '0040a730': ['SQ', [on(...frames)]],
      });
    const single = node('CODE', '111059', {
      '0040a730': ['SQ', [at(1, 12, 13), at(2, 30), at(3)]],
    });
    const { content } = documentOf(dicomFile(report(CAD, single))).document;
    expect(content).toMatchObject({
      findings: [
        {
          marks: [
            { sopInstanceUid: '5.6', frames: [12, 13], centre: { x: 1, y: 2 } },
            { sopInstanceUid: '5.6', frames: [30], centre: { x: 2, y: 2 } },
            { sopInstanceUid: '5.6', centre: { x: 3, y: 2 } },
          ],
        },
      ],
    });
    if (content.kind !== 'cad') throw new Error(content.kind);
    const marks = content.findings[0]?.marks ?? [];
    const seen = (from: number, to: number) =>
      marks.map(({ frames }) => isInSight(frames, { from, to }));
    expect(seen(11, 12)).toEqual([true, false, true]);
    expect(seen(10, 11)).toEqual([false, false, true]);
    expect(seen(12, 30)).toEqual([true, true, true]);
  });

  it('keeps regions in the patient, with their frame of reference', () => {
    const region = node('SCOORD3D', '111030', {
      '00700022': ['FL', [1, 2, 3, 4, 5, 6.5]],
      '00700023': ['CS', 'MULTIPOINT'],
      '30060024': ['UI', '9.1'],
    });
    const group = node('CONTAINER', '125007', { '0040a730': ['SQ', [region]] });
    const { content, lines } = documentOf(
      dicomFile(report('1.2.840.10008.5.1.4.1.1.88.34', group)),
    ).document;
    expect(content).toMatchObject({
      findings: [
        {
          marks: [],
          regions: [
            {
              ...{ frameOfReference: '9.1', type: 'MULTIPOINT' },
              points: [
                { x: 1, y: 2, z: 3 },
                { x: 4, y: 5, z: 6.5 },
              ],
            },
          ],
        },
      ],
    });
    expect(lines.at(-1)?.value).toBe('MULTIPOINT (2)');
  });

  it('follows references by path', () => {
    const library = node('CONTAINER', '111028', { '0040a730': ['SQ', [imageNode('7.8')]] });
    const linked = node('SCOORD', '111010', {
      '00700022': ['FL', [1, 2]],
      '00700023': ['CS', 'POINT'],
      '0040a730': ['SQ', [{ '0040a010': ['CS', 'SELECTED FROM'], '0040db73': ['UL', [1, 1, 1]] }]],
    });
    const single = node('CODE', '111059', { '0040a730': ['SQ', [linked]] });
    const { content } = documentOf(dicomFile(report(CAD, library, single))).document;
    expect(content).toMatchObject({ findings: [{ marks: [{ sopInstanceUid: '7.8' }] }] });
  });

  it('has its Japanese, in the code extensions that the file declares', () => {
    // 腫瘤 in JIS X 0208 between escape sequences.
    const mass = '\u001b$B<pan\u001b(B';
    const item: Item = {
      ...report(BASIC_TEXT, node('TEXT', '121106', { '0040a160': ['UT', mass] })),
      '00080005': ['CS', '\\ISO 2022 IR 87'],
    };
    const { lines } = documentOf(dicomFile(item)).document;
    expect(lines.at(-1)?.value).toBe('腫瘤');
  });

  it('is ours by maker, by private block, or by what its algorithm says', () => {
    const algorithm = node('TEXT', '111002', { '0040a160': ['UT', 'Tandem CADx 0.1.0, research'] });
    const own = [
      { ...report(CAD, finding), '00080070': ['LO', 'TANDEM CADX'] },
      { ...report(CAD, finding), '00790011': ['LO', 'TANDEM CADX'] },
      report(CAD, algorithm),
    ] satisfies Item[];
    expect(own.map((item) => documentOf(dicomFile(item)).isOwn)).toEqual([true, true, true]);
  });

  it('is read deflated too', () => {
    const [plain, deflated] = [report(CAD, finding), '1.2.840.10008.1.2.1.99'];
    const meta = dicomFile({}, deflated);
    const headless = meta.subarray(0, meta.length - elements({}).length);
    const file = joinBytes([headless, deflateRawSync(elements(plain))]);
    expect(documentOf(file).document.content).toMatchObject({ findings: [{ kind: 'cluster' }] });
  });

  it('is refused with the reason where it is damaged, too large or too deep', () => {
    const whole = dicomFile(report(CAD, finding));
    expect(read(whole.subarray(0, whole.length - 40)).ok).toBe(false);
    expect(read(new Uint8Array(2 ** 22 + 1))).toMatchObject({ ok: false });
    let deep: Item = { '0040a040': ['CS', 'CODE'] };
    for (let i = 0; i < 8000; i++) {
      const inner = elements(deep);
      deep = { '0040a730': ['SQ', asItem(inner)] };
    }
    const found = read(dicomFile({ ...head(CAD), ...deep }));
    expect(found.ok ? '' : found.error.code).toMatch(/^(part10\.too-deep|file\.damaged-header)$/);
  });
});

describe('key objects', () => {
  it('name their reason and images', () => {
    const note: Item = {
      ...report(KEY_OBJECTS, imageNode('5.6'), imageNode('5.7'), imageNode('5.6')),
      '0040a043': ['SQ', [codeItem('113004', 'DCM', 'For Teaching')]],
    };
    expect(documentOf(dicomFile(note)).document.content).toEqual({
      kind: 'key objects',
      reason: 'For Teaching',
      description: '',
      images: ['5.6', '5.7'],
    });
  });
});

describe('a presentation state', () => {
  const of = (...uids: readonly string[]): Item => ({
    '00081140': ['SQ', uids.map((uid): Item => ({ '00081155': ['UI', uid] }))],
  });
  const state: Item = {
    ...head(STATE),
    '00081115': ['SQ', [of('5.6', '5.7')]],
    '00181600': ['CS', 'RECTANGULAR\\CIRCULAR\\BITMAP'],
    '00181602': ['IS', '11'],
    '00181604': ['IS', '90'],
    '00181606': ['IS', '21'],
    '00181608': ['IS', '180'],
    '00181610': ['IS', '100\\50'],
    '00181612': ['IS', '40'],
    '00283110': [
      'SQ',
      [
        { ...of('5.7'), '00281050': ['DS', '500'], '00281051': ['DS', '200'] },
        { '00281050': ['DS', '40'], '00281051': ['DS', '400'], '00281056': ['CS', 'SIGMOID'] },
      ],
    ],
    '00700001': [
      'SQ',
      [
        {
          ...of('5.6'),
          '00700002': ['CS', 'LAYER'],
          '00700008': [
            'SQ',
            [
              {
                '00700003': ['CS', 'DISPLAY'],
                '00700004': ['CS', 'PIXEL'],
                '00700006': ['ST', 'Two\r\nlines'],
                '00700010': ['FL', [0.5, 0.25]],
                '00700014': ['FL', [3, 4]],
                '00700015': ['CS', 'Y'],
              },
            ],
          ],
          '00700009': [
            'SQ',
            [
              {
                '00700005': ['CS', 'PIXEL'],
                '00700022': ['FL', [1, 1, 5, 5]],
                '00700023': ['CS', 'POLYLINE'],
              },
            ],
          ],
        },
      ],
    ],
    '0070005a': ['SQ', [{ '00700052': ['SL', [1, 1]], '00700053': ['SL', [100, 200]] }]],
    '00281052': ['DS', '-100'],
    '00281053': ['DS', '2'],
    '00700041': ['CS', 'Y'],
    '00700042': ['US', [180]],
    '00700080': ['CS', 'LABEL'],
    '20500020': ['CS', 'INVERSE'],
  };

  it('gives window by image, shutter, turn, and drawings in stored pixels', () => {
    const { content } = documentOf(dicomFile(state)).document;
    if (content.kind !== 'presentation') throw new Error(content.kind);
    expect(content.images).toEqual(['5.6', '5.7']);
    expect(content.voi.map(({ images, voi }) => [images, voi])).toEqual([
      [['5.7'], { kind: 'window', center: 500, width: 200, fn: 'LINEAR' }],
      [undefined, { kind: 'window', center: 40, width: 400, fn: 'SIGMOID' }],
    ]);
    expect(content.turn).toEqual({ transpose: false, flipHorizontal: false, flipVertical: true });
    expect(content.shutters[0]?.points[0]).toEqual({ x: 10, y: 20 });
    expect(content.shutters[0]?.points[2]).toEqual({ x: 90, y: 180 });
    expect(content.shutters).toHaveLength(2);
    expect(content.left).toEqual(['rescale', 'bitmap shutter']);
    const [annotation] = content.annotations;
    expect(annotation?.texts).toEqual([
      { text: 'Two\nlines', at: { x: 50, y: 150 }, anchor: { x: 3, y: 4 } },
    ]);
    expect(annotation?.graphics[0]?.shape).toEqual({
      kind: 'line',
      points: [
        { x: 1, y: 1 },
        { x: 5, y: 5 },
      ],
    });
    expect([content.label, content.lutShape]).toEqual(['LABEL', 'INVERSE']);
  });

  it.each([
    ['US', 64_536, 2048, -1000],
    ['SS', -1000, 2048, -1000],
    ['SS', -1000, 900, -1000],
    ['US', 40_000, 4096, 40_000],
  ])('reads the first input of a table with its sign: %s %i', (vr, first, count, wanted) => {
    const descriptor = [vr, [count, first, 12]] as const;
    const table: Item = { '00283002': descriptor, '00283006': ['OW', new Uint8Array(2 * count)] };
    const voi: Item = { '00283010': ['SQ', [table]] };
    const { content } = documentOf(dicomFile({ ...state, '00283110': ['SQ', [voi]] })).document;
    if (content.kind !== 'presentation') throw new Error(content.kind);
    expect(content.voi).toMatchObject([{ voi: { kind: 'lut', lut: { firstMapped: wanted } } }]);
  });
});

describe('compound graphics of a presentation state', () => {
  const compound = (type: string, points: readonly number[], more: Item = {}): Item => ({
    '00700022': ['FL', points],
    '00700282': ['CS', 'PIXEL'],
    '00700294': ['CS', type],
    ...more,
  });
  const stateWith = (annotation: Item) => {
    const { content } = documentOf(
      dicomFile({
        ...head(STATE),
        '00081115': ['SQ', [{ '00081140': ['SQ', [{ '00081155': ['UI', '5.6'] }]] }]],
        '00700001': ['SQ', [annotation]],
      }),
    ).document;
    if (content.kind !== 'presentation') throw new Error(content.kind);
    return content;
  };

  it('are drawn, turned and filled as they say, and what is left out is said', () => {
    const { annotations, left } = stateWith({
      '00700209': [
        'SQ',
        [
          compound('RECTANGLE', [0, 0, 20, 10], {
            '00700024': ['CS', 'Y'],
            '00700230': ['FL', [90]],
            '00700273': ['FL', [0, 0]],
          }),
          compound('RULER', [1, 1, 9, 1]),
          compound('SPIRAL', [1, 1, 9, 1]),
        ],
      ],
    });
    const drawn = annotations[0]?.graphics ?? [];
    expect(drawn.map(({ shape, filled }) => [shape.kind, filled])).toEqual([
      ['outline', true],
      ['line', false],
    ]);
    const [, , corner] = drawn[0]?.shape.points ?? [];
    expect([corner?.x, corner?.y].map((n) => Math.round(n ?? NaN))).toEqual([10, -20]);
    expect(left).toEqual(['ornaments', 'graphics']);
  });

  it('are on the frames that they name, and on all where they name none', () => {
    const on = (uid: string, frames?: string): Item => ({
      '00081155': ['UI', uid],
      ...(frames !== undefined && { '00081160': ['IS', frames] }),
    });
    const content = stateWith({
      '00081140': ['SQ', [on('5.6', '3\\4'), on('5.7')]],
      '00700209': ['SQ', [compound('RULER', [1, 1, 9, 1])]],
    });
    const drawn = (sop: string, from: number, to: number) =>
      stateFor(content, sop, { from, to }).annotations.length;
    expect([drawn('5.6', 2, 3), drawn('5.6', 0, 2), drawn('5.6', 0, 9)]).toEqual([1, 0, 1]);
    expect([drawn('5.7', 0, 1), drawn('5.8', 0, 1)]).toEqual([1, 0]);
  });

  it('are drawn by their parts where the state has these too', () => {
    const part: Item = {
      '00700005': ['CS', 'PIXEL'],
      '00700022': ['FL', [1, 1, 5, 5]],
      '00700023': ['CS', 'POLYLINE'],
      '00700226': ['UL', [7]],
    };
    const { annotations, left } = stateWith({
      '00700009': ['SQ', [part]],
      '00700209': ['SQ', [compound('ARROW', [1, 1, 5, 5], { '00700226': ['UL', [7]] })]],
    });
    expect(annotations[0]?.graphics).toHaveLength(1);
    expect(left).toEqual([]);
  });
});

describe('an encapsulated document', () => {
  const paper = (content: string, more: Item = {}) =>
    dicomFile({
      ...head(PDF),
      '00420010': ['ST', 'Letter'],
      '00420011': ['OB', new TextEncoder().encode(content)],
      '00420012': ['LO', 'application/pdf'],
      ...more,
    });

  it('is handed over without the byte that pads it', () => {
    const { document, paper: bytes } = documentOf(
      paper('%PDF-1.4 abc', { '00420015': ['UL', [11]] }),
    );
    expect(document.title).toBe('Letter');
    expect(new TextDecoder().decode(bytes)).toBe('%PDF-1.4 ab');
  });

  it('is refused where it says PDF and is none, or holds nothing', () => {
    expect(read(paper('<script>1</script>'))).toMatchObject({ error: { code: 'foreign.no-pdf' } });
    expect(read(paper(''))).toMatchObject({ error: { code: 'foreign.no-document' } });
  });
});

describe('the class of a file', () => {
  it('is found without meta information too', () => {
    const bare = elements(report(CAD));
    expect(sopClassOf(bare)).toBe(CAD);
    expect(isDocumentClass(sopClassOf(dicomFile(report(KEY_OBJECTS))))).toBe(true);
    expect(isDocumentClass('1.2.840.10008.5.1.4.1.1.1.2')).toBe(false);
    expect(sopClassOf(element('00080005', ['CS', 'x']))).toBe('');
  });
});
