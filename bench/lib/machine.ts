import { spawnSync } from 'node:child_process';
import { arch, cpus, platform, totalmem } from 'node:os';
import { ROOT } from './paths.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  /** What WebGPU and WebGL compute on, as the browser names it. */
  readonly webgpu: string;
  readonly webgl: string;
  readonly commit: string;
  /** Whether files that are tracked differ from the commit. */
  readonly changed: boolean;
}

const git = (...args: string[]): string =>
  spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';

/** This machine, but for what only a browser knows. */
export const thisMachine = (): Omit<Machine, 'browser' | 'webgpu' | 'webgl'> => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${arch()}`,
  node: process.version,
  commit: git('rev-parse', '--short', 'HEAD'),
  changed: git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'public') !== '',
});
