import { deflateRaw } from 'pako';
import { expect, it } from 'vitest';
import { breastPixels } from '../fixtures/breast.ts';
import { element, elements, fileOf, mammogramItem, words } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const picture = mammogramItem({
  '00280010': ['US', [160]],
  '00280011': ['US', [120]],
  '7fe00010': ['OW', words(breastPixels())],
});
const meta = elements({ '00020010': ['UI', '1.2.840.10008.1.2.1.99'] });
const open = (deflated: Uint8Array) => readDicom(fileOf(meta, deflated), 'x.dcm');
const whole = elements(picture);
const ending = (rest: Uint8Array) => deflateRaw(Uint8Array.from([...whole, ...rest]));

it('opens deflated data that end with their pixels, a filling byte or what may follow', async () => {
  const padding = element('fffcfffc', ['OB', new Uint8Array(64)]);
  const own = element('7fe10010', ['LO', 'MAKER']);
  for (const rest of [new Uint8Array(0), new Uint8Array(1), padding, own])
    expect((await open(ending(rest))).ok).toBe(true);
});

it('refuses those that come to more bytes, of which the picture is made otherwise', async () => {
  const read = await open(ending(new Uint8Array(6)));
  expect(read.ok ? '' : read.error.reason.code).toBe('file.damaged-pixel-data.incomplete');
});

it('refuses a run of zeros in their middle', async () => {
  const deflated = ending(new Uint8Array(0));
  for (let round = 1; round < 8; round++) {
    const damaged = deflated.slice();
    const from = Math.floor((round / 8) * damaged.length);
    damaged.fill(0, from, from + 64);
    expect((await open(damaged)).ok, `at ${from}`).toBe(false);
  }
});
