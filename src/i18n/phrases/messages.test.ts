import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOT_REVEALED } from '../../core/lesion/reading.ts';
import { PATCH_PROBLEMS } from '../../core/lesion/judge-patch.ts';
import { outOfScopeReasons } from '../../core/lesion/scope.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { speak, tMessage } from './text.ts';

const TURNED = { chestWall: 'top', pectoral: undefined, projection: undefined } as const;
const UPSIDE_DOWN = { chestWall: 'left', pectoral: 'bottom', projection: 'oblique' } as const;
const KINDS = [
  'low-energy',
  'high-energy',
  'recombined',
  'contrast',
  'synthesized',
  'tomosynthesis',
  'stereotactic',
  'cropped',
  'mask',
] as const;

beforeEach(() => speak('zh-CN'));
afterEach(() => speak('en'));

/**
 * Whole sentences among the literals of a folder, with 7 in place of each value. The reasons to be
 * out of scope have a test of their own.
 */
const sentencesIn = (folder: string): string[] =>
  readdirSync(folder, { encoding: 'utf8', recursive: true })
    .filter((name) => /(?<!\.test)\.ts$/.test(name) && !/fixtures|testing|scope/.test(name))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8')
        .replace(/\/\*.*?\*\//gs, '')
        .matchAll(/'([A-Z][^'\n]*\.)'|`([A-Z][^`\n]*\.)`/g),
    ])
    .map(([, plain, template]) => (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, '7'));

const isChinese = (text: string) =>
  /[\u4e00-\u9fff]/.test(text) && !/[a-z]{4,} [a-z]{4,}/.test(text);

describe('messages that are composed without a language', () => {
  it.each(['src/core/explain', 'src/core/lesion', 'src/state'])(
    'have Chinese: the sentences of %s',
    (folder) => {
      const sentences = sentencesIn(folder);
      expect(sentences.length).toBeGreaterThan(3);
      expect(sentences.filter((text) => !isChinese(tMessage(text)))).toEqual([]);
    },
  );

  it('have Chinese: what the scoring engine says of its start', () => {
    const step = 'Preparing the network on WebAssembly';
    const standstill = `it came to a standstill at "${step}"`;
    const said = [
      `The scoring engine cannot be started: ${standstill}`,
      `The scoring engine was started a second time: ${standstill}`,
      `A graphics card was found, but WebGPU did not start on it: ${standstill}`,
      'A graphics card was found, but WebGPU did not start on it: the browser no longer offers it',
      'A graphics card was found: WebGPU is being started',
      'A graphics card was found: moved up from WebAssembly to WebGPU',
      'The browser still has no graphics card for WebGPU',
    ];
    expect(said.filter((text) => !isChinese(tMessage(text)))).toEqual([]);
  });

  it('have Chinese: every reason to be out of scope', () => {
    const image = {
      rows: 100,
      columns: 80,
      pixelAspect: 1,
      exceedsDeclaredBits: true,
    } as MammogramImage;
    const headers = [
      testHeader({ presentationIntentType: 'FOR PROCESSING', lossy: true }),
      testHeader({ numberOfFrames: 3, view: undefined, side: undefined }),
      testHeader({ view: 'SPECIMEN', breastImplantPresent: true }),
      testHeader({ view: 'ML', picture: TURNED }),
      testHeader({
        magnification: { impossible: 106 },
        picture: { ...TURNED, chestWall: 'right' },
      }),
      testHeader({ magnification: { factor: 1, from: 'stated', distancesSay: 1.8 } }),
      testHeader({ view: 'MLO', patientOrientation: undefined, picture: UPSIDE_DOWN }),
      ...KINDS.map((kind) => testHeader({ kind })),
      {
        ...testHeader(),
        laterality: {
          value: 'L',
          source: 'ImageLaterality',
          against: [{ value: 'R', source: 'picture' }],
        },
        view: {
          value: 'CC',
          source: 'ViewPosition',
          against: [{ value: 'MLO', source: 'picture' }],
        },
      } as const,
      testHeader({ viewModifiers: ['magnification', 'spot compression', 'implant displaced'] }),
    ];
    const reasons = headers.flatMap((header) => outOfScopeReasons(header, image));
    expect(new Set(reasons.map(({ code }) => code)).size).toBe(23);
    for (const { text } of [...reasons, ...PATCH_PROBLEMS])
      expect(tMessage(text)).toSatisfy(isChinese);
    expect(tMessage(NOT_REVEALED)).toSatisfy(isChinese);
  });

  it('have Chinese: the features on screen', () => {
    for (const { label, more, less } of DESCRIBED_FEATURES)
      for (const words of [label, more, less]) expect(tMessage(words)).toSatisfy(isChinese);
  });

  it('are translated one by one in a list', () => {
    const features = DESCRIBED_FEATURES.map(({ label }) => label).join('; ');
    expect(tMessage(`Unlike the reference lesions in: ${features}.`)).not.toMatch(/[a-z]{3}/);
  });

  it('are translated within each other', () => {
    expect(
      tMessage('WebGPU was lost (the graphics device was lost) and has been started again'),
    ).toBe('WebGPU 曾中断（图形设备中断），已重新启动');
  });

  it('stay as they are where nothing fits, and in English', () => {
    expect(tMessage('ENOENT: x')).toBe('ENOENT: x');
    speak('en');
    expect(tMessage('Breast implant.')).toBe('Breast implant.');
  });
});
