import { describe, expect, it } from 'vitest';
import { byKind, layersOf, nameTfjsKernels, runsOfOrtProfile } from './layers.ts';
import { readPackGraph } from './pack-graph.ts';
import { PACK } from './paths.ts';

const layers = [
  { name: 'a', kind: 'first 3 x 3' },
  { name: 'b', kind: '1 x 1, widening' },
  { name: 'c', kind: '1 x 1, widening' },
] as const;
const time = (name: string, milliseconds: number) => ({ name, milliseconds });

describe('layersOf', () => {
  it('finds every layer of the shipped network, by kind, under the name of its sum', () => {
    const found = layersOf(readPackGraph(PACK));
    const count = (kind: string) => found.filter((layer) => layer.kind === kind).length;
    expect(count('first 3 x 3')).toBe(1);
    // One in each block but the first, and the head.
    expect(count('1 x 1, widening')).toBe(16 + 1);
    expect(count('1 x 1, narrowing, and the sum after it')).toBe(17 + 10);
    expect(found.filter((layer) => layer.sum)).toHaveLength(10);
    expect(count('depthwise 3 x 3, stride 1')).toBe(13);
    expect(count('depthwise 3 x 3, stride 2')).toBe(4);
    expect(found[0]).toEqual({ name: 'stem/sum', kind: 'first 3 x 3' });
    expect(found.at(-1)).toEqual({ name: 'head/sum', kind: '1 x 1, widening' });
  });
});

describe('times of layers', () => {
  it('take the names of the layers from their order, without wrappers and bookkeeping', () => {
    const kernels = [
      time('FusedConv2D', 1),
      time('fusedConv2d__op', 1.1),
      time('FusedDepthwiseConv2D', 2),
      time('Identity', 9),
      time('Add', 3),
    ];
    expect(nameTfjsKernels(layers, kernels)).toEqual([time('a', 1), time('b', 2), time('c', 3)]);
    expect(() => nameTfjsKernels(layers, kernels.slice(0, 3))).toThrow('2 layers');
  });

  it('add up by kind, and want every layer', () => {
    const times = [time('c', 3), time('a', 1), time('pooled', 7), time('b', 2)];
    expect([...byKind(layers, times)]).toEqual([
      ['first 3 x 3', 1],
      ['1 x 1, widening', 5],
    ]);
    expect(() => byKind(layers, times.slice(1))).toThrow('c was not timed');
    expect(byKind(layers, [...times, time('a', 2)]).get('first 3 x 3')).toBe(3);
    const fused = [...layers, { name: 'd', kind: 'first 3 x 3', sum: true }] as const;
    expect(byKind(fused, times)).toEqual(byKind(layers, times));
    expect(byKind(fused, [...times, time('d', 4)]).get('first 3 x 3')).toBe(5);
  });
});

describe('runsOfOrtProfile', () => {
  it('reads the kernels of each run, in milliseconds', () => {
    const event = (cat: string, name: string, dur: number) =>
      `${JSON.stringify({ cat, name, dur })},`;
    const lines = [
      '[',
      event('Session', 'session_initialization', 9000),
      event('Node', 'a_kernel_time', 1500),
      event('Node', 'b_kernel_time', 250),
      event('Session', 'model_run', 1800),
      event('Node', 'a_kernel_time', 1000),
      event('Session', 'model_run', 1100),
      ']',
    ];
    expect(runsOfOrtProfile(lines)).toEqual([[time('a', 1.5), time('b', 0.25)], [time('a', 1)]]);
  });

  it('takes the times of a graphics card instead, as many kernels for each run', () => {
    const event = (cat: string, name: string, dur: number) => JSON.stringify({ cat, name, dur });
    const lines = [
      event('Node', 'a_token_1_kernel_time', 9),
      event('Session', 'model_run', 9),
      event('Session', 'model_run', 9),
      event('Api', 'a_token_1&Conv&MatMul', 1000),
      event('Api', 'b&Add&Add', 2000),
      event('Api', 'a_token_1&Conv&MatMul', 3000),
      event('Api', 'b&Add&Add', 4000),
    ];
    expect(runsOfOrtProfile(lines)).toEqual([
      [time('a', 1), time('b', 2)],
      [time('a', 3), time('b', 4)],
    ]);
    expect(() => runsOfOrtProfile(lines.slice(0, -1))).toThrow('3 kernels in 2 runs');
  });
});
