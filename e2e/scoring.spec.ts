import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ARTIFACTS,
  boxesOf,
  CASES,
  dragBox,
  engineReady,
  expect,
  hasCases,
  likelihoodOf,
  NO_CASES,
  openFiles,
  test,
  truthOf,
  viewOf,
} from './page.ts';

const names = hasCases ? readdirSync(CASES).filter((name) => name.startsWith('cbis-')) : [];

/** What `npm run evaluate` gives for the boxes of truth.json, by lesion. */
const evaluateTruth = (): ReadonlyMap<string, number> => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-e2e-'));
  const rows = names.flatMap((name) => {
    const truth = truthOf(name);
    return boxesOf(truth).map(({ file, view, box }) =>
      [
        `${name}/${file}`,
        truth.lesion.slice(0, 5),
        view.slice(1),
        truth.lesion,
        ...[box.x, box.y, box.width, box.height],
        truth.pathology,
      ].join(','),
    );
  });
  const table = join(folder, 'rois.csv');
  const out = join(folder, 'scores.json');
  writeFileSync(
    table,
    ['image,patient,view,lesion,x,y,width,height,pathology', ...rows].join('\n'),
  );
  const command = ['run', '--silent', 'evaluate', '--', '--pack', 'public/models/tandem-m1'];
  const files = ['--rois', table, '--images', CASES, '--json', out, '--cache', join(folder, 'c')];
  execFileSync('npm', [...command, ...files], { stdio: 'ignore' });
  const { lesions } = JSON.parse(readFileSync(out, 'utf8')) as {
    lesions: { lesion: string; ensemble: number }[];
  };
  return new Map(lesions.map(({ lesion, ensemble }) => [lesion, ensemble]));
};

test.describe('the fused likelihood equals that of the pipeline', () => {
  test.skip(!hasCases, NO_CASES);
  let expected: ReadonlyMap<string, number>;
  test.beforeAll(() => {
    mkdirSync(ARTIFACTS, { recursive: true });
    expected = evaluateTruth();
  });

  const scoreCases = (backend: string, cases: readonly string[], tolerance: number) => {
    test(`${cases.length} cases on ${backend}, to ${tolerance}`, async ({ page }) => {
      test.setTimeout(600_000);
      await page.goto(`./?backend=${backend}`);
      for (const name of cases)
        await test.step(name, async () => {
          const truth = truthOf(name);
          const marks = boxesOf(truth);
          await openFiles(
            page,
            marks.map(({ file }) => join(CASES, name, file)),
          );
          await engineReady(page);
          await page.getByRole('button', { name: 'New lesion' }).click();
          for (const { view, box } of marks) await dragBox(page, viewOf(page, view), box);
          const answer = await likelihoodOf(page, 1, marks.length);
          expect(answer.backend).toBe(backend);
          expect(Math.abs(answer.value - (expected.get(truth.lesion) as number))).toBeLessThan(
            tolerance,
          );
          await expect(page.getByTestId('pack-id')).toHaveText('tandem-m1');
          await expect(page.getByTestId('score-origin')).toContainText(backend);
          await page.screenshot({ path: join(ARTIFACTS, `${name}-${backend}.png`) });
          await page.getByRole('button', { name: /^Close / }).click();
        });
    });
  };
  scoreCases('webgpu', names, 0.005);
  scoreCases('webgl', names.slice(0, 2), 0.01);
  scoreCases('wasm', names.slice(2, 4), 0.01);
});
