import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  dicomFile,
  elements,
  type Field,
  mammogramItem,
} from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { volumeFile } from '../../src/adapters/dicom-io/fixtures/build-volume.ts';
import { openFolder } from './folder-archive.ts';

let folder: string;
let passedOver: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-folder-'));
  mkdirSync(join(folder, 'images'));
  passedOver = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, 'images', name), bytes);
const image = (study: string, more: Readonly<Record<string, Field>> = {}) =>
  mammogramItem({ '00080018': ['UI', `${study}.1`], '0020000d': ['UI', study], ...more });

/** The image of each study of the folder. */
const found = async () => {
  const archive = await openFolder({
    folder: join(folder, 'images'),
    results: join(folder, 'results'),
    since: undefined,
    until: undefined,
    passedOver: (path) => passedOver.push(path),
  });
  const { signal } = new AbortController();
  const images = [];
  for await (const page of archive.studies(signal))
    for (const { study } of page) images.push(...(await archive.images(study, signal)));
  return images;
};
const studiesFound = async () => (await found()).map(({ study }) => study);

it('finds what the page opens, however the file begins or is packed', async () => {
  const DEFLATED = '1.2.840.10008.1.2.1.99';
  const deflated = (study: string, more?: Readonly<Record<string, Field>>) => {
    const item = image(study, more);
    const data = elements(item);
    const head = dicomFile(item, DEFLATED).subarray(0, -data.length);
    return Buffer.concat([head, deflateRawSync(data)]);
  };
  const noise = Uint8Array.from(
    { length: 400_000 },
    (_, i) => (i * 7919 + (i >> 5) * 104_729) >> 3,
  );
  put('1', dicomFile(image('1.1')));
  put('2-without-meta', elements(image('1.2')));
  put('3-without-preamble', dicomFile(image('1.3')).subarray(128));
  put('4-deflated', deflated('1.4'));
  put('5-deflated-large', deflated('1.5', { '7fe00010': ['OW', noise] }));
  put('6-long-header', dicomFile(image('1.6', { '00291010': ['OB', new Uint8Array(300_000)] })));
  put('7-report', dicomFile(image('1.7', { '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.88.50'] })));
  put('8.txt', new TextEncoder().encode('no image'.repeat(100)));
  put('9-empty', new Uint8Array());
  expect(await studiesFound()).toEqual(['1.1', '1.2', '1.3', '1.4', '1.5', '1.6']);
  expect(passedOver).toEqual(['8.txt', '9-empty']);
});

it('knows a header that is cut between two elements from one that ends', async () => {
  const frames: Field = ['IS', '5'];
  const before = elements(
    Object.fromEntries(
      Object.entries(image('1.1', { '00080019': ['OB', new Uint8Array()] })).filter(
        ([tag]) => tag < '00280008',
      ),
    ),
  );
  const whole = dicomFile(image('1.1', { '00280008': frames }));
  const head = whole.length - elements(image('1.1', { '00280008': frames })).length;
  const filler = 2 ** 17 - head - before.length;
  put(
    '1',
    dicomFile(image('1.1', { '00080019': ['OB', new Uint8Array(filler)], '00280008': frames })),
  );
  expect(await found()).toMatchObject([{ study: '1.1', frames: 5 }]);
});

it('tells volumes, which are not read to be refused, from single pictures', async () => {
  put('1', volumeFile({ rows: 8, columns: 8, frames: 5 }, { '0020000d': ['UI', '1.1'] }));
  put('2', dicomFile(image('1.2')));
  expect(await found()).toMatchObject([{ frames: 5 }, { frames: 1 }]);
});
