import { describe, expect, it } from 'vitest';
import type { Network } from './network.ts';
import { rememberAnswers } from './remember-answers.ts';

const patch = (...values: number[]) => Float32Array.from(values);

/** Answers a patch with its values, and notes what it was asked. */
const setUp = () => {
  const asked: number[][] = [];
  const features = async (patches: readonly Float32Array[]) => patches.map((p) => p.slice());
  const network: Network = {
    features,
    answers: async (patches) => {
      asked.push(patches.map((p) => p[0] as number));
      return (await features(patches)).map((own) => ({ features: own, map: own }));
    },
    warmUp: async () => undefined,
    dispose: () => undefined,
  };
  const remembering = rememberAnswers(network);
  const answers = async (...patches: Float32Array[]) =>
    (await remembering.answers(patches)).map(({ features: [first] }) => first);
  return { asked, answers, forget: remembering.forget };
};

describe('a network that remembers', () => {
  it('is asked only for the patches that are new, and gives each its own answer, in order', async () => {
    const { asked, answers } = setUp();
    expect(await answers(patch(1, 5))).toEqual([1]);
    expect(await answers(patch(2, 5), patch(1, 5))).toEqual([2, 1]);
    expect(await answers(patch(1, 5), patch(3, 5), patch(2, 5))).toEqual([1, 3, 2]);
    expect(await answers(patch(2, 5))).toEqual([2]);
    expect(asked).toEqual([[1], [2], [3]]);
  });

  it('takes no patch for another, though one value alone differs', async () => {
    const { asked, answers } = setUp();
    await answers(patch(1, 5));
    expect(await answers(patch(1, 5.000001))).toEqual([1]);
    expect(await answers(patch(1))).toEqual([1]);
    expect(asked).toHaveLength(3);
  });

  it('answers twins in one lesion alike', async () => {
    const { answers } = setUp();
    expect(await answers(patch(1, 5), patch(1, 5))).toEqual([1, 1]);
  });

  it('keeps the latest few, and nothing of a large batch', async () => {
    const { asked, answers } = setUp();
    for (let i = 0; i < 9; i++) await answers(patch(i));
    await answers(patch(20), patch(21), patch(22), patch(23), patch(24));
    asked.length = 0;
    await answers(patch(1));
    await answers(patch(0));
    await answers(patch(24));
    expect(asked).toEqual([[0], [24]]);
  });

  it('forgets what it is told to forget', async () => {
    const { asked, answers, forget } = setUp();
    await answers(patch(1));
    forget();
    const underWay = answers(patch(1));
    forget();
    await underWay;
    await answers(patch(1));
    expect(asked).toEqual([[1], [1], [1]]);
  });

  it('keeps nothing of a run that fails', async () => {
    let fails = true;
    const network = {
      answers: async (patches: readonly Float32Array[]) => {
        if (fails) throw new Error('lost');
        return patches.map((own) => ({ features: own, map: own }));
      },
    } as unknown as Network;
    const { answers } = rememberAnswers(network);
    await expect(answers([patch(1)])).rejects.toThrow('lost');
    fails = false;
    await expect(answers([patch(1)])).resolves.toHaveLength(1);
  });
});
