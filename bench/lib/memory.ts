import { existsSync, readFileSync } from 'node:fs';
import type { Chromium } from './chromium.ts';

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

const residentOf = (id: number): number => {
  const path = `/proc/${id}/status`;
  return existsSync(path) ? fieldOf(readFileSync(path, 'utf8'), 'VmRSS') : 0;
};

/**
 * Resident memory of the largest of the browser's processes of one kind, bytes. Undefined where the system does
 * not tell: Linux alone does.
 */
export const memoryOf = async (
  chromium: Chromium,
  type: 'renderer' | 'GPU',
): Promise<number | undefined> => {
  const most = Math.max(...(await processesOf(chromium, type)).map(residentOf));
  return most > 0 ? most : undefined;
};

/** Between two looks at a process, ms: what it takes for less time may be missed. */
const LOOK_MS = 20;

/**
 * Watches that memory from now on; what it returns ends the watch, with the most that was seen. It looks again
 * and again, since the most that Linux itself remembers of a process (VmHWM) was seen to lie below what it had
 * told a moment before.
 */
export const watchPeak = async (
  chromium: Chromium,
  type: 'renderer' | 'GPU',
): Promise<() => number> => {
  const ids = await processesOf(chromium, type);
  let peak = 0;
  const look = () => (peak = Math.max(peak, ...ids.map(residentOf)));
  const timer = setInterval(look, LOOK_MS);
  return () => {
    clearInterval(timer);
    return look();
  };
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
