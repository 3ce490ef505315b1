// find and finder:add end to end: drawn pictures, a finder of one convolution, and the delivered pack.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyFinderFiles } from '../../src/adapters/tfjs/testing/tiny-finder.ts';
import { TINY_RULES } from './testing/tiny-rules.ts';
import { readPack } from '../pack/read-pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-find-'));
const at = (...parts: string[]) => join(folder, ...parts);
const { packs } = JSON.parse(readFileSync('public/models/index.json', 'utf8')) as {
  packs: string[];
};
const PACK = join('public/models', packs[0] ?? '');
const BARE_PACK = 'public/models/tandem-m1';

const run = (verb: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'pipeline/cli.ts', verb, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

const SIZE = { width: 340, height: 680 };

/** A grey half ellipse on black, with bright cones of 48 pixels' radius at the given centres. */
const picture = (cones: readonly [x: number, y: number][]): Uint8Array => {
  const { width, height } = SIZE;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((x / 320) ** 2 + ((y - 340) / 320) ** 2 > 1) continue;
      const near = Math.min(...cones.map(([u, v]) => Math.hypot(x - u, y - v)), 48);
      data[y * width + x] = Math.max(90 + ((x + y) % 10), 255 * (1 - near / 48));
    }
  return encode({ ...SIZE, data, channels: 1, depth: 8 });
};

const HEAD = 'image,patient,side,view,lesion,x,y,width,height,pathology';
const table = (name: string, ...lines: string[]) => {
  writeFileSync(at(name), [HEAD, ...lines].join('\n'));
  return at(name);
};
const find = (rois: string, json: string, pack = at('pack')) =>
  run(
    'find',
    ...['--pack', pack, '--rois', rois, '--images', at('images')],
    ...['--json', at(json), '--cache', at('cache')],
  );
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'));

beforeAll(async () => {
  mkdirSync(at('images'));
  mkdirSync(at('graph'));
  cpSync(PACK, at('pack'), { recursive: true });
  cpSync(BARE_PACK, at('bare'), { recursive: true });
  for (const [path, bytes] of tinyFinderFiles())
    writeFileSync(at('graph', path), new Uint8Array(bytes));
  writeFileSync(at('rules.json'), JSON.stringify(TINY_RULES));
  writeFileSync(at('images', 'cc.png'), picture([[100, 300]]));
  writeFileSync(
    at('images', 'mlo.png'),
    picture([
      [120, 320],
      [60, 500],
    ]),
  );
  writeFileSync(at('images', 'clean.png'), picture([[150, 400]]));
  const added = await run(
    'finder:add',
    ...['--pack', at('pack'), '--graph', at('graph'), '--rules', at('rules.json')],
  );
  if (added.code !== 0) throw new Error(added.stderr);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = [
  'cc.png,p1,L,CC,p1_L_1,76,276,48,48,malignant',
  'mlo.png,p1,L,MLO,p1_L_1,96,296,48,48,malignant',
  'clean.png,p2,R,CC,,,,,,',
];

describe('find', () => {
  it('finds the marks of a table in stored pixels and says what they are worth', async () => {
    const { code, stdout } = await find(table('good.csv', ...ROWS), 'good.json');
    expect(code).toBe(0);
    expect(stdout).toContain('false marks an image');
    const { images, froc, breasts, problems, operatingPoints } = json('good.json');
    expect(problems).toEqual([]);
    expect(images.map((i: { image: string }) => i.image)).toEqual([
      'cc.png',
      'mlo.png',
      'clean.png',
    ]);
    const [best] = images[0].candidates;
    expect(Math.abs(best.x + best.width / 2 - 100)).toBeLessThan(16);
    expect(Math.abs(best.y + best.height / 2 - 300)).toBeLessThan(16);
    expect(best.score).toBeGreaterThan(0.9);
    // Two false marks (the second cone, and the one of the image without a lesion) on three images.
    expect(froc.all.map((p: { falseMarks: number }) => p.falseMarks)).toEqual([
      0.1, 0.25, 0.5, 1, 2,
    ]);
    expect(froc.all[3].sensitivity).toBe(1);
    expect(froc.malignant[3].interval).toEqual([1, 1]);
    expect(operatingPoints[0]).toMatchObject({ marksAnImage: 4 / 3, marksAnImageWithoutLesion: 1 });
    const left = breasts.find((b: { breast: string }) => b.breast === 'p1 L');
    expect(left.masses[0].marks.map((m: { image: string }) => m.image)).toEqual([
      'cc.png',
      'mlo.png',
    ]);
  });

  it('names what it could not read by line, uses the rest and says so by its exit code', async () => {
    const rows = [...ROWS, 'gone.png,p3,L,CC,,,,,,', 'cc.png,p1,L,CC,p1_L_2,1,2,x,4,benign'];
    rows.push('lost.png,p4,L,CC,a,1,2,9,9,benign', 'lost.png,p4,L,CC,b,1,2,9,9,benign');
    const { code, stderr } = await find(table('bad.csv', ...rows), 'bad.json');
    expect(code).toBe(3);
    expect(stderr).toContain('line 5: gone.png: the image file is missing');
    expect(stderr).toContain('line 6: width is "x"');
    for (const line of [7, 8]) expect(stderr).toContain(`line ${line}: lost.png: the image`);
    expect(json('bad.json').images).toHaveLength(3);
  });

  it('takes no box that lies outside its image for a lesion that was missed', async () => {
    const outside = [
      'cc.png,p1,L,CC,p1_L_2,300,276,48,48,benign',
      'clean.png,p2,R,CC,p2_R_1,900,1,9,9,benign',
    ];
    for (const _ of ['computed', 'kept']) {
      const { code, stderr } = await find(
        table('outside.csv', ...ROWS.slice(0, 2), ...outside),
        'outside.json',
      );
      expect(code).toBe(3);
      expect(stderr).toMatch(/line 4: the box .* reaches outside the image of 340 x 680 pixels/);
      expect(stderr).toMatch(/line 5: the box/);
      const { images, froc } = json('outside.json');
      expect(images.map((i: { image: string }) => i.image)).toEqual(['cc.png', 'mlo.png']);
      expect(froc.all[4].sensitivity).toBe(1);
    }
  });

  it('says before its work that it cannot write its answer, and that there is nothing to do', async () => {
    const never = await find(table('good.csv', ...ROWS), 'no-folder/out.json');
    expect(never.code).toBe(1);
    expect(never.stderr.trim()).toMatch(/^ENOENT: .*out\.json'$/);
    const none = await find(table('none.csv'), 'none.json');
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('line 0: no image could be used');
  });

  it('does nothing with a pack that has no finder, or whose finder was changed', async () => {
    const rois = table('good.csv', ...ROWS);
    const bare = await find(rois, 'never.json', at('bare'));
    expect(bare.code).toBe(1);
    expect(bare.stderr).toContain('has no finder');
    writeFileSync(at('pack', 'finder.bin'), new Uint8Array(4));
    const changed = await find(rois, 'never.json');
    expect(changed.code).toBe(1);
    expect(changed.stderr).toContain('finder.bin is not the file that the manifest describes');
  });

  it('adds a finder that the pack reads back', () => {
    const bare = readPack(at('bare'));
    expect(bare.ok && bare.value.finder).toBeUndefined();
    const manifest = JSON.parse(readFileSync(at('pack', 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.files)).toEqual(
      expect.arrayContaining(['finder.json', 'finder.bin', 'finder-rules.json']),
    );
    expect(manifest.finder.multiplyAdds).toBe(416 * 704 * (6 + 96));
  });
});
