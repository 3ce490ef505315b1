import type { Page } from '@playwright/test';
import type { BenchApi, Kind } from './pages/protocol.ts';

declare const bench: BenchApi;

/** Starts a worker of the page; resolves with what it answers. */
export const open = (page: Page, name: string, kind: Kind, options: object): Promise<unknown> =>
  page.evaluate(([n, k, o]) => bench.open(n, k, o), [name, kind, options] as const);

export const ask = (page: Page, name: string, message: object): Promise<unknown> =>
  page.evaluate(([n, m]) => bench.ask(n, m), [name, message] as const);

/** Milliseconds that each worker answers, asked in turn; one list a worker. */
export const alternate = (
  page: Page,
  names: readonly string[],
  message: object,
  times: number,
): Promise<number[][]> =>
  page.evaluate(([n, m, t]) => bench.alternate(n, m, t), [names, message, times] as const);

export const close = (page: Page, names: readonly string[]): Promise<void> =>
  page.evaluate((all) => all.forEach((name) => bench.close(name)), names);
