import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type CommandEntry, isEnabled, titleOf } from '../../../commands/command.ts';
import { COMMANDS } from '../../../commands/table.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { useCommandContext } from '../../commands/command-context.ts';
import { KeyCaps } from '../../commands/KeyCaps.tsx';
import { inWords } from '../../commands/words.ts';
import { isDrawing } from '../../../state/viewer-store.ts';
import { useServices } from '../../services.tsx';
import { listenOnWindows, pictureWindow } from '../second-window/picture-window.ts';

interface At {
  readonly x: number;
  readonly y: number;
}

/** Screen pixels that the pointer may move before the right button's press is a drag, which zooms. */
const CLICK_SLACK = 4;

/** The id of the lesion whose mark an event is on. */
const lesionAt = ({ target }: { readonly target: EventTarget | null }): string | undefined =>
  (target as Element | null)?.closest<SVGElement>('[data-lesion]')?.dataset['lesion'];

/**
 * Where the context menu is asked for: by a right click that is no drag, its key, or a long touch. On a mark it is the
 * menu of that mark's lesion, which is selected.
 */
export const useContextMenu = () => {
  const { viewer, lesions } = useServices();
  const [at, setAt] = useState<At>();
  const pressed = useRef<At & { readonly on: string | undefined }>(undefined);
  const open = ({ x, y }: At, on: string | undefined) => {
    if (on !== undefined) lesions.getState().select(on);
    setAt({ x, y });
  };
  return {
    at,
    close: () => setAt(undefined),
    handlers: {
      onPointerDownCapture: (e: PointerEvent) => {
        pressed.current =
          e.button === 2 ? { x: e.clientX, y: e.clientY, on: lesionAt(e) } : undefined;
      },
      // Some systems send `contextmenu` with the press, before it is known to be no drag.
      onPointerUpCapture: (e: PointerEvent) => {
        const from = pressed.current;
        pressed.current = undefined;
        if (!from || e.button !== 2) return;
        if (Math.hypot(e.clientX - from.x, e.clientY - from.y) < CLICK_SLACK) open(from, from.on);
      },
      onContextMenu: (e: MouseEvent) => {
        e.preventDefault();
        const { pointerType } = e.nativeEvent as globalThis.PointerEvent;
        // A finger that draws may rest before it moves.
        const draws = pointerType === 'touch' && isDrawing(viewer.getState().tool);
        if (pointerType !== 'mouse' && !draws) open({ x: e.clientX, y: e.clientY }, lesionAt(e));
      },
    },
  };
};

/** What can be done with the picture, at the pointer. */
export const ContextMenu = ({ at, onClose }: { at: At; onClose: () => void }) => {
  const context = useCommandContext();
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef(pictureWindow().document.activeElement);
  const items = COMMANDS.filter((entry) => entry.context && isEnabled(entry, context));

  // Wholly on the page, whatever corner it is asked for in.
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const { innerWidth, innerHeight } = pictureWindow();
    element.style.left = `${Math.max(Math.min(at.x, innerWidth - width - 4), 0)}px`;
    element.style.top = `${Math.max(Math.min(at.y, innerHeight - height - 4), 0)}px`;
    element.querySelector('button')?.focus();
  }, [at]);
  useEffect(() => {
    const closeOutside = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) onClose();
    };
    // The views stop some of their pointer events from bubbling: listen on the way down.
    const stopOutside = listenOnWindows({ pointerdown: closeOutside }, true);
    const stopBlur = listenOnWindows({ blur: onClose });
    return () => {
      stopOutside();
      stopBlur();
    };
  }, [onClose]);

  const close = () => {
    onClose();
    (opener.current as HTMLElement | SVGElement | null)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const now = buttons.findIndex((each) => each === each.ownerDocument.activeElement);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (by) buttons[(now + by + buttons.length) % buttons.length]?.focus();
    else if (event.key !== 'Enter' && event.key !== ' ') return event.stopPropagation();
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
  };
  const press = (entry: CommandEntry) => {
    close();
    entry.run(context);
  };
  return (
    <div
      ref={menu}
      className="tool-menu-items context-menu"
      role="menu"
      aria-label={t('On this picture')}
      onKeyDown={onKeyDown}
    >
      {items.map((entry) => {
        const pressed = entry.pressed?.(context);
        return (
          <button
            type="button"
            key={entry.id}
            role={pressed === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked={pressed}
            onClick={() => press(entry)}
          >
            <span>{inWords(titleOf(entry, context))}</span>
            <KeyCaps keys={entry.keys?.slice(0, 1) ?? []} />
          </button>
        );
      })}
    </div>
  );
};
