import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import { listenOnWindows } from '../second-window/picture-window.ts';

interface ToolMenuProps {
  readonly name: string;
  readonly icon: string;
  /** Whether one of its tools is in the hand. */
  readonly pressed: boolean;
  /** Buttons and other controls; `close` is for those after which the menu has done its duty. */
  readonly children: (close: () => void) => ReactNode;
}

/** Room that a menu may need to the right of its button, CSS pixels. */
const ROOM = 300;

/** Whether a menu that opens to the right would leave the toolbar. */
const isCloseToEdge = (button: HTMLElement): boolean => {
  const edge = button.closest('[role=toolbar]')?.getBoundingClientRect().right ?? innerWidth;
  return button.getBoundingClientRect().left + ROOM > edge;
};

/** A button of the toolbar that unfolds further ones below it. */
export const ToolMenu = ({ name, icon, pressed, children }: ToolMenuProps) => {
  const [open, setOpen] = useState(false);
  const [leftwards, setLeftwards] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return undefined;
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    // The views stop some of their pointer events from bubbling: listen on the way down.
    return listenOnWindows({ pointerdown: closeOutside, focusin: closeOutside }, true);
  }, [open]);
  return (
    <div
      className="tool-menu"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        type="button"
        ref={button}
        className={pressed ? 'icon-button in-hand' : 'icon-button'}
        title={name}
        aria-label={name}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={(event) => {
          setLeftwards(isCloseToEdge(event.currentTarget));
          setOpen(!open);
        }}
      >
        <Icon name={icon} />
        <span aria-hidden="true" className="unfolds" />
      </button>
      {open ? (
        <div
          className={leftwards ? 'tool-menu-items leftwards' : 'tool-menu-items'}
          id={id}
          role="group"
          aria-label={name}
        >
          {children(() => setOpen(false))}
        </div>
      ) : null}
    </div>
  );
};

/** A line of a menu: what it does, and its key. */
export const Item = (props: {
  name: string;
  shortcut: string;
  hint?: string | undefined;
  pressed?: boolean | undefined;
  disabled?: boolean;
  onPress: () => void;
}) => (
  <button
    type="button"
    title={props.hint}
    aria-keyshortcuts={props.shortcut}
    aria-pressed={props.pressed}
    disabled={props.disabled}
    onClick={props.onPress}
  >
    <span>{props.name}</span>
    <kbd aria-hidden="true">{props.shortcut}</kbd>
  </button>
);
