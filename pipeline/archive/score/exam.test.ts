import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPack } from '../../pack/read-pack.ts';
import { smallStudy } from '../testing/small-studies.ts';
import { makeTinyPack } from '../testing/tiny-pack.ts';
import { openChain, type Chain } from './chain.ts';
import { countPatients, createExam } from './exam.ts';
import { examReport } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-exam-'));
const ALLOWANCE = 2 ** 30;
let chain: Chain;

beforeAll(async () => {
  const pack = readPack(await makeTinyPack(folder));
  if (!pack.ok) throw new Error(pack.error);
  chain = await openChain(pack.value);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('an exam', () => {
  it('is looked at, linked over both views and scored', async () => {
    const { study, images } = smallStudy(3);
    const exam = createExam(chain, study, ALLOWANCE);
    for (const { sopInstanceUid, bytes } of images) await exam.look(sopInstanceUid, bytes);
    expect(exam.refused).toEqual([]);
    expect(countPatients(exam)).toBe(1);
    const report = await examReport(chain, exam, 'a'.repeat(64));
    const [lesion] = report.lesions;
    expect(lesion?.marks.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(
      images.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(lesion?.score?.likelihood.value).toBeGreaterThan(0);
  });
});
