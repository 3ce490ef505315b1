import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../typing.ts';
import type { PrimaryTool } from './viewport-port.ts';

/** What a key asks of the viewer. */
export type ViewerCommand =
  | { readonly kind: 'tool'; readonly tool: PrimaryTool }
  | { readonly kind: 'select'; readonly index: number }
  | {
      readonly kind:
        'fit' | 'invert' | 'reset' | 'one-to-one' | 'outlines' | 'explain' | 'enlarge' | 'shrink';
    };

const TOOLS: Readonly<Record<string, PrimaryTool>> = {
  w: 'window',
  p: 'pan',
  z: 'zoom',
  m: 'mark',
};

const OTHERS: Readonly<Record<string, ViewerCommand['kind']>> = {
  f: 'fit',
  i: 'invert',
  r: 'reset',
  o: 'one-to-one',
  c: 'outlines',
  e: 'explain',
  enter: 'enlarge',
  escape: 'shrink',
};

/** The command of a key, undefined for keys that mean nothing here or are part of a shortcut. */
export const commandOf = (
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): ViewerCommand | undefined => {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const key = event.key.toLowerCase();
  const tool = TOOLS[key];
  if (tool) return { kind: 'tool', tool };
  if (/^[1-4]$/.test(key)) return { kind: 'select', index: Number(key) - 1 };
  const kind = OTHERS[key];
  return kind ? ({ kind } as ViewerCommand) : undefined;
};

/** Enter and letters belong to what is typed in or pressed; Escape to open menus. */
const isBusy = (target: EventTarget | null, key: string): boolean => {
  if (isTyping(target)) return true;
  const isPressable =
    target instanceof HTMLElement && ['BUTTON', 'A', 'SUMMARY'].includes(target.tagName);
  return key === 'Enter' && isPressable;
};

/** Listens for the viewer's keys on the page. */
export const useViewerKeys = (run: (command: ViewerCommand) => void): void => {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isBusy(event.target, event.key)) return;
    const command = commandOf(event);
    if (command) run(command);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
};
