import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../typing.ts';
import { type Command, keyOf } from './command.ts';
import { commandOfKey, offerCommands } from './registry.ts';

/** Offers commands as long as the component is on screen; always the ones of its last rendering. */
export const useCommands = (commands: readonly Command[]): void => {
  const latest = useEffectEvent(() => commands);
  useEffect(() => offerCommands(() => latest()), []);
};

/** Letters belong to what is typed in; Enter and the space bar to what is pressed with them. */
const isBusy = (target: EventTarget | null, key: string): boolean => {
  if (isTyping(target)) return true;
  const isPressable =
    target instanceof HTMLElement && ['BUTTON', 'A', 'SUMMARY'].includes(target.tagName);
  return isPressable && (key === 'Enter' || key === 'Space');
};

/** Runs commands by their keys. Once for the page; dialogs keep their keys to themselves. */
export const useCommandKeys = (): void => {
  useEffect(() => {
    let held: Command | undefined;
    const release = () => {
      held?.release?.();
      held = undefined;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (event.defaultPrevented || isBusy(event.target, key)) return;
      const command = commandOfKey(key);
      if (!command) return;
      event.preventDefault();
      if (event.repeat && command.release) return;
      release();
      command.run();
      if (command.release) held = command;
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', release);
    };
  }, []);
};
