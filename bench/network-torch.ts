import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { BENCH, PACK } from './lib/paths.ts';
import { limitRatio, type Row, rowOf } from './lib/result.ts';
import { spreadOf } from './lib/spread.ts';

export interface Torch {
  readonly version: string;
  readonly threads: number;
  readonly features: readonly number[][];
  readonly milliseconds: Readonly<Record<string, readonly number[]>>;
  readonly multiplyAddsPerSecond: readonly number[];
}

/** The same weights in PyTorch on the processor, or why not. */
export const runTorch = (
  patches: string,
  repetitions: number,
  batches: readonly number[],
): Torch | string => {
  const script = join(BENCH, 'torch_network.py');
  const args = [script, PACK, patches, String(repetitions), ...batches.map(String)];
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', args, options);
  if (status !== 0) return stderr?.trim().split('\n').at(-1) ?? 'no python3';
  return JSON.parse(stdout) as Torch;
};

export const torchRows = (
  torch: Torch,
  multiplyAdds: number,
  batches: readonly number[],
): Row[] => {
  const { q3: peak } = spreadOf(torch.multiplyAddsPerSecond);
  return [
    rowOf(`PyTorch, matrix product of 1024`, '10^9 multiply-adds/s', [peak / 1e9]),
    ...batches.map((batch) => {
      const samples = torch.milliseconds[String(batch)] ?? [];
      return rowOf(`PyTorch, batch ${batch}`, 'ms', samples, {
        ratios: [limitRatio(samples, batch * multiplyAdds, peak)],
      });
    }),
  ];
};
