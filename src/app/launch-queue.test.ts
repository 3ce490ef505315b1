import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { Handle } from '../adapters/file-access/api.ts';
import { takeLaunch } from './launch.ts';
import { takeLaunches } from './launch-queue.ts';

const launched = (begun?: string, isReading = () => false) => {
  type Take = Parameters<NonNullable<Window['launchQueue']>['setConsumer']>[0];
  let give: Take = () => undefined;
  const takers = { openFiles: vi.fn(), openLaunch: vi.fn(), isReading, ask: vi.fn() };
  const { launch } = takeLaunch(new URLSearchParams(begun));
  takeLaunches({ setConsumer: (take) => void (give = take) }, launch, takers);
  return { give: (params: Parameters<Take>[0]) => give(params), ...takers };
};
const at = (query: string) => ({ targetURL: `https://host/tandem/${query}` });

it('opens files that were double-clicked, whenever they come', () => {
  const { give, openFiles, openLaunch } = launched();
  const files = [{ name: 'a.dcm' }] as unknown as Handle[];
  give({ ...at(''), files });
  give({ ...at(''), files });
  expect(openFiles.mock.calls).toEqual([[files], [files]]);
  expect(openLaunch).not.toHaveBeenCalled();
});

it('opens what it is launched with later, and not twice what it began with', () => {
  const { give, openLaunch } = launched('study=1.2');
  give(at('?study=1.2'));
  expect(openLaunch).not.toHaveBeenCalled();
  give(at('?study=1.2'));
  give(at('?study=1.3'));
  expect(openLaunch.mock.calls.map(([launch]) => launch.studyInstanceUids)).toEqual([
    ['1.2'],
    ['1.3'],
  ]);
});

it('after a reload, which comes with nothing, takes the first launch that comes', () => {
  const { give, openLaunch } = launched();
  give(at('?study=1.3'));
  expect(openLaunch).toHaveBeenCalledOnce();
});

it('asks first while a patient is open', () => {
  let isReading = false;
  const { give, openLaunch, ask } = launched(undefined, () => isReading);
  give(at('?study=1.2'));
  expect(openLaunch).toHaveBeenCalledOnce();
  isReading = true;
  give(at('?study=1.3'));
  expect(openLaunch).toHaveBeenCalledOnce();
  (ask.mock.calls[0]?.[0] as () => void)();
  expect(openLaunch).toHaveBeenCalledTimes(2);
});

it('is what the manifest of the installed page asks for', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as {
    file_handlers: { action: string; accept: Record<string, string[]> }[];
    launch_handler: { client_mode: string };
  };
  expect(Object.values(manifest.file_handlers[0]?.accept ?? {}).flat()).toEqual(['.dcm', '.zip']);
  expect(manifest.file_handlers[0]?.action).toBe('./');
  expect(manifest.launch_handler.client_mode).toBe('focus-existing');
});
