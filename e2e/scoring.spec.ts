import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateBoxes } from './evaluate.ts';
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

test.describe('the fused likelihood equals that of the pipeline', () => {
  test.skip(!hasCases, NO_CASES);
  let expected: ReadonlyMap<string, number>;
  test.beforeAll(() => {
    mkdirSync(ARTIFACTS, { recursive: true });
    expected = evaluateBoxes(
      names.map((name) => ({ name, truth: truthOf(name), marks: boxesOf(truthOf(name)) })),
    );
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
          await expect(page.getByTestId('pack-id')).toHaveText('tandem-m2');
          await expect(page.getByTestId('score-origin')).toContainText(backend);
          await page.screenshot({ path: join(ARTIFACTS, `${name}-${backend}.png`) });
          await page.getByRole('button', { name: /^Close / }).click();
        });
    });
  };
  scoreCases('wasm', names, 0.005);
  // Half a minute a view where the processor plays the graphics card.
  scoreCases('webgpu', names.slice(0, 2), 0.005);
  scoreCases('webgl', names.slice(2, 4), 0.01);
});
