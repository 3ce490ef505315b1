import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Chromium } from './chromium.ts';

/** Resident memory of one process of the browser, bytes. Linux only. */
export interface ProcessMemory {
  readonly now: number;
  /** The most since the last `forgetPeaks`. */
  readonly peak: number;
}

interface ProcessInfo {
  readonly type: string;
  readonly id: number;
}

const fieldOf = (status: string, name: string): number =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN);

const processesOf = async ({ browser }: Chromium, type: string): Promise<number[]> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: ProcessInfo[];
  };
  await session.detach();
  return processInfo.filter((p) => p.type === type).map((p) => p.id);
};

/** The largest of the browser's processes of one kind; undefined where the system does not tell. */
export const memoryOf = async (
  chromium: Chromium,
  type: 'renderer' | 'GPU',
): Promise<ProcessMemory | undefined> => {
  const found = (await processesOf(chromium, type))
    .filter((id) => existsSync(`/proc/${id}/status`))
    .map((id) => readFileSync(`/proc/${id}/status`, 'utf8'))
    .map((status) => ({ now: fieldOf(status, 'VmRSS'), peak: fieldOf(status, 'VmHWM') }));
  return found.sort((a, b) => b.now - a.now)[0];
};

/** Starts the peaks of all the browser's processes anew. */
export const forgetPeaks = async (chromium: Chromium): Promise<void> => {
  for (const type of ['renderer', 'GPU'])
    for (const id of await processesOf(chromium, type))
      if (existsSync(`/proc/${id}/clear_refs`)) writeFileSync(`/proc/${id}/clear_refs`, '5');
};

/** Clock ticks a second, as Linux counts processor time. */
const TICKS = 100;

/** Processor time that the browser's processes of one kind have taken, ms. Linux only. */
export const processorTimeOf = async (
  chromium: Chromium,
  type: 'renderer' | 'GPU',
): Promise<number> =>
  (await processesOf(chromium, type))
    .filter((id) => existsSync(`/proc/${id}/stat`))
    // Behind the name, which may hold spaces: utime and stime are fields 14 and 15.
    .map((id) => readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [])
    .reduce((sum, fields) => sum + ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS, 0);
