import { describe, expect, it } from 'vitest';
import { inLanes, type Sharer, sharesOf } from './lanes.ts';
import type { Network } from './network.ts';

const patch = (value: number) => Float32Array.of(value);
const patches = (count: number) => Array.from({ length: count }, (_, i) => patch(i));

/** A network whose feature is its patch times `scale`; it writes down what it was asked for. */
const fakeNetwork = (scale: number) => {
  const asked: number[][] = [];
  let ended = 0;
  const features = async (list: readonly Float32Array[]) => {
    asked.push(list.map(([v]) => v as number));
    return list.map(([v]) => patch(scale * (v as number)));
  };
  const network: Network = {
    features,
    answers: async (list) =>
      (await features(list)).map((row) => ({ features: row, map: patch(scale) })),
    warmUp: async () => undefined,
    dispose: () => void ended++,
  };
  return { network, asked, ended: () => ended };
};

/** Lanes that are open already. */
const open = async (network: Network, ...lanes: readonly Sharer[]) => {
  const whole = inLanes(
    network,
    lanes.map((lane) => Promise.resolve(lane)),
  );
  await Promise.resolve();
  return whole;
};

describe('sharesOf', () => {
  it('cuts evenly, in order, the longer shares first', () => {
    expect(sharesOf([1, 2, 3, 4, 5], 2)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(sharesOf([1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8],
    ]);
    expect(sharesOf([1], 3)).toEqual([[1], [], []]);
  });
});

describe('inLanes', () => {
  it('shares a batch out and gives the answers in the order of the patches', async () => {
    const [own, second, third] = [fakeNetwork(1), fakeNetwork(10), fakeNetwork(100)] as const;
    const network = await open(own.network, second.network, third.network);
    const features = await network.features(patches(5));
    expect(features.map(([v]) => v)).toEqual([0, 1, 20, 30, 400]);
    const answers = await network.answers(patches(5));
    expect(answers.map(({ map }) => map[0])).toEqual([1, 1, 10, 10, 100]);
    expect(own.asked).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('runs a single patch here, and does not trouble the lanes', async () => {
    const [own, other] = [fakeNetwork(1), fakeNetwork(10)] as const;
    const network = await open(own.network, other.network);
    expect(await network.features(patches(1))).toEqual([patch(0)]);
    expect(other.asked).toEqual([]);
  });

  it('runs in all lanes at once', async () => {
    const own = fakeNetwork(1);
    let ownStarted = false;
    const waiting: Sharer = {
      ...fakeNetwork(10).network,
      features: async () => {
        while (!ownStarted) await new Promise((resolve) => setTimeout(resolve));
        return [patch(7)];
      },
    };
    const features = own.network.features;
    const network = await open(
      { ...own.network, features: (list) => ((ownStarted = true), features(list)) },
      waiting,
    );
    expect(await network.features(patches(2))).toEqual([patch(0), patch(7)]);
  });

  it('takes over the share of a lane that fails, and lets the lane go', async () => {
    const [own, other] = [fakeNetwork(1), fakeNetwork(10)] as const;
    const failing: Sharer = {
      ...other.network,
      features: () => Promise.reject(new Error('it died')),
    };
    const network = await open(own.network, failing);
    expect((await network.features(patches(4))).map(([v]) => v)).toEqual([0, 1, 2, 3]);
    expect(other.ended()).toBe(1);
    expect(own.asked).toEqual([
      [0, 1],
      [2, 3],
    ]);
    await network.features(patches(4));
    expect(own.asked[2]).toEqual([0, 1, 2, 3]);
    network.dispose();
    expect([own.ended(), other.ended()]).toEqual([1, 1]);
  });

  it('takes a lane in when it opens, and does without one that never does', async () => {
    const [own, late] = [fakeNetwork(1), fakeNetwork(10)] as const;
    let arrive: (lane: Sharer) => void = () => undefined;
    const network = inLanes(own.network, [
      new Promise((resolve) => (arrive = resolve)),
      new Promise(() => undefined),
      Promise.resolve(undefined),
    ]);
    expect((await network.features(patches(2))).map(([v]) => v)).toEqual([0, 1]);
    arrive(late.network);
    await Promise.resolve();
    expect((await network.features(patches(2))).map(([v]) => v)).toEqual([0, 10]);
  });

  it('closes a lane that opens after the network was closed', async () => {
    const late = fakeNetwork(10);
    const opening = Promise.resolve<Sharer>(late.network);
    inLanes(fakeNetwork(1).network, [opening]).dispose();
    await opening;
    expect(late.ended()).toBe(1);
  });

  it('says what is wrong with a patch where the network itself refuses it', async () => {
    const refusing: Network = {
      ...fakeNetwork(1).network,
      features: () => Promise.reject(new Error('too short')),
    };
    const network = await open(refusing, fakeNetwork(10).network);
    await expect(network.features(patches(2))).rejects.toThrow('too short');
  });
});
