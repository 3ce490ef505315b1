import { useEffect, useLayoutEffect, useRef } from 'react';
import { isTyping, tagOf } from '../typing.ts';
import { listenOnWindows } from '../viewer/second-window/picture-window.ts';
import { bound, type Command, isEnabled, keyOf } from '../../commands/command.ts';
import { commandOfKey, offerCommands } from '../../commands/registry.ts';
import { COMMANDS } from '../../commands/table.ts';
import { useCommandContext } from './command-context.ts';
import { inWords } from './words.ts';

/** Offers commands as long as the component is on screen; always the ones of its last rendering. */
export const useCommands = (commands: readonly Command[]): void => {
  const latest = useRef(commands);
  useLayoutEffect(() => {
    latest.current = commands;
  });
  useEffect(() => offerCommands(() => latest.current), []);
};

/** Offers the table of commands: of each moment those that can be run then. Once for the page. */
export const useCommandTable = (): void => {
  const context = useCommandContext();
  useEffect(
    () =>
      offerCommands(() =>
        COMMANDS.filter((entry) => isEnabled(entry, context)).map((entry) =>
          bound(entry, context, inWords),
        ),
      ),
    [context],
  );
};

/** Letters belong to what is typed in or chosen from; Enter and the space bar to what is pressed with them. */
const isBusy = (target: EventTarget | null, key: string): boolean => {
  if (isTyping(target)) return true;
  return ['BUTTON', 'A', 'SUMMARY'].includes(tagOf(target)) && (key === 'Enter' || key === 'Space');
};

/** A hand that types on within this time has not seen that its field is gone, ms. */
const TYPING_ON = 1500;

/** Keys that end the typing in a field by hand. */
const endsTyping = (event: KeyboardEvent): boolean =>
  event.key === 'Tab' ||
  event.key === 'Escape' ||
  (event.key === 'Enter' && tagOf(event.target) === 'INPUT');

/**
 * Whether keys are still meant for a field of text that went from under the hand, with its patient for instance: it was
 * typed in just now, and no hand has left it.
 */
const typingOn = () => {
  let last: { readonly field: Partial<Node>; readonly at: number } | undefined;
  return {
    isMeant: (event: KeyboardEvent): boolean => {
      const { target, timeStamp: at } = event;
      const isLost =
        last?.field.isConnected === false && at - last.at < TYPING_ON && tagOf(target) === 'BODY';
      const field = isTyping(target) ? (target as Partial<Node>) : isLost && last?.field;
      last = field && !endsTyping(event) ? { field, at } : undefined;
      return isLost;
    },
    leave: () => {
      last = undefined;
    },
  };
};

/**
 * What has the focus only because the mouse pressed it, or chose from it: keys are not meant for it until the keyboard
 * comes to it. Else N after a window was chosen would choose NORMAL, and Space press the last button again.
 */
const leftByMouse = () => {
  let pressed: EventTarget | null = null;
  let isDone = false;
  return {
    press: ({ target }: Event) => {
      const { closest } = (target ?? {}) as Partial<Element>;
      pressed = closest?.call(target, 'button, a, summary, select') ?? null;
      isDone = tagOf(pressed) !== 'SELECT';
    },
    choose: ({ target }: Event) => {
      if (target === pressed) isDone = true;
    },
    is: ({ target, key }: KeyboardEvent): boolean => {
      if (target !== pressed || key === 'Tab' || !isDone) pressed = null;
      return pressed !== null;
    },
  };
};

/** Runs commands by their keys. Once for the page; dialogs keep their keys to themselves. */
export const useCommandKeys = (): void => {
  useEffect(() => {
    let held: { readonly command: Command; readonly code: string } | undefined;
    const release = () => {
      held?.command.release?.();
      held = undefined;
    };
    // Other keys may be used meanwhile: what is held lasts until its own key is let go.
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.code === held?.code) release();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const isTypedOn = typing.isMeant(event);
      const isLeft = left.is(event);
      const key = keyOf(event);
      if (isTypedOn || event.defaultPrevented || (isBusy(event.target, key) && !isLeft)) return;
      const command = commandOfKey(key);
      if (!command) return;
      event.preventDefault();
      if (event.repeat && !command.repeats) return;
      // Some browsers press a button with the space bar all the same, when that is let go.
      if (isLeft) (event.target as HTMLElement).blur();
      if (command.release) release();
      command.run();
      if (command.release) held = { command, code: event.code };
    };
    const typing = typingOn();
    const left = leftByMouse();
    const stopKeys = listenOnWindows({ keydown: onKeyDown, keyup: onKeyUp, blur: release });
    const onPress = (event: Event) => {
      typing.leave();
      left.press(event);
    };
    const stopPresses = listenOnWindows({ pointerdown: onPress, change: left.choose }, true);
    return () => {
      stopKeys();
      stopPresses();
    };
  }, []);
};
