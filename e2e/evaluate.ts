import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box } from '../src/core/geometry/box.ts';
import { CASES, type Truth } from './page.ts';

/** A lesion with a box on each of its files. */
export interface BoxedLesion {
  /** Folder of its files, in that of all. */
  readonly name: string;
  readonly truth: Truth;
  readonly marks: readonly { readonly file: string; readonly view: string; readonly box: Box }[];
}

const HEAD = 'image,patient,view,lesion,x,y,width,height,pathology';

const rowsOf = ({ name, truth, marks }: BoxedLesion): string[] =>
  marks.map(({ file, view, box }) =>
    [
      `${name}/${file}`,
      truth.lesion.slice(0, 5),
      view.slice(1),
      truth.lesion,
      ...[box.x, box.y, box.width, box.height],
      truth.pathology,
    ].join(','),
  );

/** Fused likelihoods that `npm run evaluate` gives for those boxes, by lesion. */
export const evaluateBoxes = (
  lesions: readonly BoxedLesion[],
  images = CASES,
): ReadonlyMap<string, number> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  const table = join(folder, 'rois.csv');
  const out = join(folder, 'scores.json');
  writeFileSync(table, [HEAD, ...lesions.flatMap(rowsOf)].join('\n'));
  const command = [
    '--import',
    'tsx',
    'pipeline/cli.ts',
    'evaluate',
    '--pack',
    'public/models/tandem-m2',
  ];
  const files = ['--rois', table, '--images', images, '--json', out, '--cache', join(folder, 'c')];
  execFileSync(process.execPath, [...command, ...files], { stdio: 'ignore' });
  const report = JSON.parse(readFileSync(out, 'utf8')) as {
    lesions: { lesion: string; ensemble: number }[];
  };
  return new Map(report.lesions.map(({ lesion, ensemble }) => [lesion, ensemble]));
};
