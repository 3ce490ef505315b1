import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  element,
  elements,
  encapsulate,
  mammogramFile,
  mammogramItem,
  MG_CLASS,
  words,
  type Field,
  type Item,
} from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const ITEM = [0xfe, 0xff, 0, 0xe0];
const PIXELS = Array.from({ length: 24 }, (_, i) => i * 100);
const DEFLATED = '1.2.840.10008.1.2.1.99';

const concat = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));
const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const good = mammogramFile();
/** Behind preamble and prefix. */
const meta = good.slice(132, good.length - elements(mammogramItem()).length);
const dataSet = elements(mammogramItem());

/** The same elements without VRs; sequences are left out of what is built here. */
const implicit = (item: Item): Uint8Array =>
  concat(
    ...Object.keys(item)
      .sort()
      .map((tag) => {
        const whole = element(tag, item[tag] as Field);
        const long = ['OB', 'OW', 'SQ', 'UN', 'UT'].includes((item[tag] as Field)[0]);
        const value = whole.slice(long ? 12 : 8);
        const length = new DataView(new ArrayBuffer(4));
        length.setUint32(0, value.length, true);
        return concat(whole.slice(0, 4), new Uint8Array(length.buffer), value);
      }),
  );

const differing = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length ? Array.from(a).filter((value, i) => value !== b[i]).length : Infinity;

const opened = async (file: Uint8Array) => {
  const result = await readDicom(file, 'x.dcm');
  if (!result.ok) throw new Error(result.error.reason.code);
  return result.value;
};

const withMeta = (body: Uint8Array, syntax?: string): Uint8Array => {
  const uid = syntax === undefined ? {} : { '00020010': ['UI', syntax] as const };
  const head = elements({ '00020002': ['UI', MG_CLASS], ...uid });
  return concat(new Uint8Array(128), Buffer.from('DICM'), head, body);
};

/** Pixel Data is the last element. */
const withLength = (file: Uint8Array, length: number): Uint8Array => {
  const out = file.slice();
  new DataView(out.buffer).setUint32(out.length - 2 * PIXELS.length - 4, length, true);
  return out;
};

describe('a file opens by its bytes', () => {
  const files: readonly (readonly [string, Uint8Array, remark?: string])[] = [
    ['group 2 at byte 0', concat(meta, dataSet)],
    ['group 2 at byte 0 without its length', concat(meta.slice(12), dataSet)],
    ['DICM at byte 0', concat(Buffer.from('DICM'), meta, dataSet)],
    ['a preamble without DICM', concat(new Uint8Array(128), meta, dataSet)],
    ['a bare explicit data set', dataSet, 'no-syntax'],
    ['a bare implicit data set', implicit(mammogramItem()), 'no-syntax'],
    ['no transfer syntax', withMeta(dataSet), 'no-syntax'],
    ['no transfer syntax, implicit', withMeta(implicit(mammogramItem())), 'no-syntax'],
    [
      'explicit said, implicit meant',
      withMeta(implicit(mammogramItem()), '1.2.840.10008.1.2.1'),
      'mislabelled',
    ],
    ['implicit said, explicit meant', withMeta(dataSet, '1.2.840.10008.1.2'), 'mislabelled'],
    ['big endian said, little meant', withMeta(dataSet, '1.2.840.10008.1.2.2'), 'mislabelled'],
    ['deflated said, plain meant', withMeta(dataSet, DEFLATED), 'mislabelled'],
    [
      'plain said, deflated meant',
      withMeta(deflateRawSync(dataSet), '1.2.840.10008.1.2.1'),
      'mislabelled',
    ],
    ['deflated', withMeta(deflateRawSync(dataSet), DEFLATED)],
    ['deflated in a zlib wrapper', withMeta(deflateSync(dataSet), DEFLATED)],
    ['deflated in a gzip wrapper', withMeta(gzipSync(dataSet), DEFLATED)],
    ['an unknown transfer syntax over plain pixels', withMeta(dataSet, '1.2.3.4'), 'mislabelled'],
    [
      'a label of compression over plain pixels',
      withMeta(dataSet, '1.2.840.10008.1.2.4.70'),
      'mislabelled',
    ],
    [
      'filling behind the pixels',
      mammogramFile({ '7fe00010': ['OW', concat(words(PIXELS), new Uint8Array(512))] }),
    ],
    [
      'VRs of 64 bits',
      mammogramFile({
        '00190010': ['LO', 'ACME'],
        '00191001': ['SV', bytes(5, 0, 0, 0, 0, 0, 0, 0)],
        '00191002': ['UV', bytes(7, 0, 0, 0, 0, 0, 0, 0)],
        '00191003': ['SQ', [{ '00191004': ['OV', new Uint8Array(8)] }]],
      }),
    ],
    ['a length beyond the end of the file', withLength(good, 480)],
    ['two files in one', concat(good, good), 'second-file'],
    ['GE private over plain implicit', withMeta(implicit(mammogramItem()), '1.2.840.113619.5.2')],
    [
      'GE private as it was meant',
      withMeta(
        implicit(
          mammogramItem({
            '7fe00010': ['OW', new Uint8Array(Buffer.from(words(PIXELS)).swap16())],
          }),
        ),
        '1.2.840.113619.5.2',
      ),
    ],
  ];
  it.each(files.map(([name, ...rest]) => ({ name, rest })))('$name', async ({ rest }) => {
    const [file, remark] = rest;
    const { image, remarks } = await opened(file);
    expect([...image.pixels]).toEqual(PIXELS);
    expect(remarks.map(({ code }) => code)).toEqual(remark ? [`remark.${remark}`] : []);
  });

  it('a value of odd length', async () => {
    const odd = concat(element('00100010', ['PN', 'Doe^Jane'], 7).slice(0, 15));
    const at = Buffer.from(good).indexOf('PN') - 4;
    const { header } = await opened(concat(good.slice(0, at), odd, good.slice(at + 16)));
    expect(header.personName).toBe('Doe^Jan');
  });

  it('100,000 NULs within a text cost no time', async () => {
    const nuls = new Uint8Array(100_000);
    nuls[99_999] = 65;
    const long = mammogramFile({ '00081030': ['UT', nuls] });
    const before = process.cpuUsage();
    await opened(long);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });

  it('millions of empty items are refused before they cost time', async () => {
    const items = Uint8Array.from({ length: 8 * 300_000 }, (_, i) => ITEM[i % 8] ?? 0);
    const body = element('00191001', ['OB', items]);
    body.set(Buffer.from('SQ'), 4);
    const at = good.length - dataSet.length;
    const result = await readDicom(concat(good.slice(0, at), body, dataSet), 'x');
    expect(result.ok ? 'opened' : result.error.reason.code).toBe('file.too-many-items');
  });

  it('ViewCodeSequence as UN, implicit within', async () => {
    const code = implicit({ '00080100': ['SH', 'R-10242'], '00080102': ['SH', 'SRT'] });
    const item = concat(bytes(0xfe, 0xff, 0, 0xe0, code.length, 0, 0, 0), code);
    const file = mammogramFile({ '00540220': ['UN', item], '00185101': undefined });
    expect((await opened(file)).header.view).toMatchObject({
      value: 'CC',
      source: 'ViewCodeSequence',
    });
  });
});

describe('compressed pixels open', () => {
  const fixture = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(new URL(`../fixtures/${name}.dcm`, import.meta.url)));
  const pixelDataAt = (file: Uint8Array) =>
    Buffer.from(file).lastIndexOf(bytes(0xe0, 0x7f, 0x10, 0x00));
  /** Of a file with an offset table and one fragment. */
  const frameOf = (file: Uint8Array) => {
    const at = pixelDataAt(file) + 12;
    const view = new DataView(file.buffer);
    const fragment = at + 8 + view.getUint32(at + 4, true);
    return file.slice(fragment + 8, fragment + 8 + view.getUint32(fragment + 4, true));
  };
  const item = (body: Uint8Array) => {
    const head = new DataView(new ArrayBuffer(8));
    head.setUint32(0, 0xe000fffe, true);
    head.setUint32(4, body.length, true);
    return concat(new Uint8Array(head.buffer), body);
  };
  const withValue = (file: Uint8Array, value: Uint8Array, undefinedLength: boolean) => {
    const head = file.slice(0, pixelDataAt(file) + 12);
    new DataView(head.buffer).setUint32(
      head.length - 4,
      undefinedLength ? 0xffffffff : value.length,
      true,
    );
    return concat(head, value);
  };
  const END = bytes(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
  const names = ['jpeg-ls-u12', 'jpeg2000-u12', 'htj2k-lossless-u12', 'jpeg-lossless-sv1-u12'];

  it.each(names)('%s in any wrapping', async (name) => {
    const file = fixture(name);
    const wanted = (await opened(file)).image.pixels;
    const frame = frameOf(file);
    for (const other of [
      withValue(file, concat(item(frame), END), true),
      withValue(file, item(frame), true),
      withValue(file, concat(item(new Uint8Array(0)), item(frame), new Uint8Array(64)), true),
      withValue(file, concat(item(new Uint8Array(0)), item(frame), END), false),
      withValue(file, concat(item(frame), END), false),
      withValue(file, frame, false),
      withValue(
        file,
        concat(item(new Uint8Array(0)), item(frame.slice(0, 100)), item(frame.slice(100)), END),
        true,
      ),
    ])
      expect(differing((await opened(other)).image.pixels, wanted)).toBe(0);
  });

  it.each([...names, 'rle-u12'])('%s twice is its first frame, and is said', async (name) => {
    const file = fixture(name);
    const frame = frameOf(file);
    const two = concat(item(new Uint8Array(0)), item(frame), item(frame), END);
    const { image, remarks } = await opened(withValue(file, two, true));
    expect(differing(image.pixels, (await opened(file)).image.pixels)).toBe(0);
    expect(remarks).toEqual([{ code: 'remark.more-frames', values: { shown: 1, found: 2 } }]);
  });

  it.each(names)('%s under each label of compression', async (name) => {
    const file = fixture(name);
    const wanted = (await opened(file)).image.pixels;
    for (const label of ['4.50', '4.70', '4.80', '4.90', '4.201', '5', '']) {
      const uid = `1.2.840.10008.1.2.${label}`.replace(/\.$/, '');
      const at = Buffer.from(file).indexOf(bytes(2, 0, 0x10, 0));
      const old = file[at + 6] as number;
      const other = concat(
        file.slice(0, at),
        element('00020010', ['UI', uid]),
        file.slice(at + 8 + old),
      );
      expect(differing((await opened(other)).image.pixels, wanted)).toBe(0);
    }
  });

  const truncations = [
    ...names,
    ...[
      'jpeg-baseline-u8',
      'jpeg-extended-u12',
      'rle-u12',
      'jpeg2000-lossy-u12',
      'htj2k-lossy-u12',
    ],
  ];
  it.each(truncations)('%s cut anywhere is refused or the same picture', async (name) => {
    const file = fixture(name);
    const wanted = (await opened(file)).image.pixels;
    const frame = frameOf(file);
    for (
      let length = frame.length - 1;
      length > 40;
      length -= length > frame.length - 6 ? 1 : 500
    ) {
      // A fragment has even length: an odd cut would add a byte again.
      const cut = frame.slice(0, name.startsWith('rle') ? length & ~1 : length);
      const ends = name.startsWith('rle') ? [cut] : [cut, concat(cut, bytes(0xff, 0xd9))];
      for (const end of ends) {
        const result = await readDicom(withValue(file, encapsulate(end), true), 'x');
        if (result.ok)
          expect(differing(result.value.image.pixels, wanted), `${length} bytes`).toBe(0);
      }
    }
  });
});

describe('grey told in colours', () => {
  const colour = {
    '00280100': ['US', [8]],
    '00280101': ['US', [8]],
    '00280102': ['US', [7]],
  } as const;
  const greys = Array.from({ length: 24 }, (_, i) => i * 10);
  const rgb = greys.flatMap((grey) => [grey, grey, grey]);
  const three = (
    photometric: string,
    values: readonly number[],
    planar = 0,
    more: Readonly<Record<string, Field>> = {},
  ) =>
    mammogramFile({
      ...colour,
      '00280002': ['US', [3]],
      '00280004': ['CS', photometric],
      '00280006': ['US', [planar]],
      '7fe00010': ['OW', Uint8Array.from(values)],
      ...more,
    });

  it.each([
    ['RGB', three('RGB', rgb)],
    ['RGB by plane', three('RGB', [...greys, ...greys, ...greys], 1)],
    [
      'YBR_FULL',
      three(
        'YBR_FULL',
        greys.flatMap((grey) => [grey, 128, 128]),
      ),
    ],
    [
      'YBR_FULL_422',
      three(
        'YBR_FULL_422',
        greys.flatMap((grey, i) => (i % 2 === 0 ? [grey, greys[i + 1] ?? 0, 128, 128] : [])),
      ),
    ],
    ['RGB by plane that says otherwise', three('RGB', [...greys, ...greys, ...greys])],
    ['RGB that says it is by plane', three('RGB', rgb, 1)],
    [
      'YBR labelled RGB',
      three(
        'RGB',
        greys.flatMap((grey) => [grey, 128, 128]),
      ),
    ],
    ['RGB labelled YBR_FULL', three('YBR_FULL', rgb)],
    ['three samples labelled MONOCHROME2', three('MONOCHROME2', rgb)],
    [
      'one sample labelled RGB',
      mammogramFile({
        ...colour,
        '00280004': ['CS', 'RGB'],
        '7fe00010': ['OW', Uint8Array.from(greys)],
      }),
    ],
    [
      'RGB rounded by an earlier lossy compression',
      three(
        'RGB',
        rgb.map((v, i) => (i % 3 === 0 ? v : Math.max(0, v - (i % 2)))),
        0,
        { '00282110': ['CS', '01'] },
      ),
    ],
  ])('%s opens', async (_, file) => {
    expect([...(await opened(file)).image.pixels]).toEqual(greys);
  });

  it('believes the number of samples of a compressed frame', async () => {
    const file = readFileSync(new URL('../fixtures/jpeg-baseline-u8.dcm', import.meta.url));
    const wanted = await opened(new Uint8Array(file));
    const at = file.indexOf(bytes(0x28, 0, 0x02, 0));
    const label = file.indexOf('MONOCHROME2');
    const other = new Uint8Array(file);
    other[at + 8] = 3;
    other.set(Buffer.from('RGB        '), label);
    expect(differing((await opened(other)).image.pixels, wanted.image.pixels)).toBe(0);
  });

  const palette = (blueOf: (grey: number) => number) => {
    const table = (of: (grey: number) => number) =>
      ['OW', words(Array.from({ length: 24 }, (_, i) => of(i * 2000)))] as const;
    const descriptor = ['US', [24, 0, 16]] as const;
    return mammogramFile({
      ...colour,
      '00280004': ['CS', 'PALETTE COLOR'],
      '00281101': descriptor,
      '00281102': descriptor,
      '00281103': descriptor,
      '00281201': table((grey) => grey),
      '00281202': table((grey) => grey),
      '00281203': table(blueOf),
      '7fe00010': ['OW', Uint8Array.from(greys, (_, i) => i)],
    });
  };

  it('PALETTE COLOR opens with the values of its table', async () => {
    const { image } = await opened(palette((grey) => grey));
    expect([...image.pixels]).toEqual(greys.map((_, i) => i * 2000));
    expect(image.bitsStored).toBe(16);
  });

  it.each([
    [
      'RGB',
      three(
        'RGB',
        rgb.map((v, i) => (i === 40 ? v + 1 : v)),
      ),
    ],
    ['PALETTE COLOR', palette((grey) => Math.min(grey + 1, 65_535))],
  ])('%s with one coloured pixel is refused', async (_, file) => {
    const result = await readDicom(file, 'x');
    expect(result.ok ? 'opened' : result.error.reason.code).toBe('file.colour');
  });
});
