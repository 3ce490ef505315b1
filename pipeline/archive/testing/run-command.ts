import { spawn, type ChildProcess } from 'node:child_process';

export interface RunningCommand {
  readonly pid: number;
  readonly process: ChildProcess;
  /** All that it has said so far, on both channels. */
  output(): string;
  /** The exit code; null after a signal. */
  readonly ended: Promise<number | null>;
}

/**
 * Starts the command as a user would, in a process of its own whose pid is known; with all that it starts
 * bound to one core, where one is named (Linux).
 */
export const startArchiveCommand = (
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  core?: number,
): RunningCommand => {
  const command = [process.execPath, '--import', 'tsx', 'pipeline/cli.ts', 'archive', ...args];
  // taskset becomes what it starts, so that the pid is the command's.
  const bound = core === undefined ? command : ['taskset', '-c', String(core), ...command];
  const child = spawn(bound[0] as string, bound.slice(1), {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += String(text)));
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => resolve(code)),
  );
  return { pid: child.pid ?? 0, process: child, output: () => said, ended };
};
