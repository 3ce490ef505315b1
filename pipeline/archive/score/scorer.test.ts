import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { StudyFailure, StudyRefused } from '../failures.ts';
import { jobIdentity } from '../job-identity.ts';
import { createScorer, type Scorer } from './scorer.ts';

const BAD = fileURLToPath(new URL('../testing/bad-child.ts', import.meta.url));
const PACK = { id: 'p', version: '1' };
let scorer: Scorer;
const begin = (study: string) => scorer.begin(jobIdentity([study], PACK));
const open = (deadline: number) => {
  scorer = createScorer({ pack: '' }, { deadline, memory: 512 }, BAD);
};
afterEach(() => scorer.end());

describe('the process that reads and scores', () => {
  it('is ended when a file hangs it, and the next study has another', async () => {
    open(1);
    await expect(begin('hang')).rejects.toThrow('longer than the deadline');
    await begin('well');
    expect((await scorer.finish()).report).toEqual(Uint8Array.of(1));
  });

  it('fails the study when a file crashes it, and the next study has another', async () => {
    open(60);
    await expect(begin('crash')).rejects.toThrow(StudyFailure);
    await expect(begin('crash')).rejects.toThrow(/ended by itself \(SIGABRT\)/);
    await begin('well');
  });

  it.skipIf(process.platform !== 'linux')(
    'is ended when a file takes too much memory',
    async () => {
      open(60);
      await expect(begin('memory')).rejects.toThrow('more than 512 MiB');
      await begin('well');
    },
  );

  it('goes on after a study that holds nothing to score', async () => {
    open(60);
    await expect(begin('refuse')).rejects.toThrow(StudyRefused);
    await begin('well');
    expect((await scorer.finish()).findings).toBe(0);
  });
});
