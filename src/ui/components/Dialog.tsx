import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../i18n/phrases/text.ts';
import { tagOf } from '../typing.ts';
import {
  listenOnWindows,
  onPicturesMoved,
  pictureWindow,
} from '../viewer/second-window/picture-window.ts';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly className?: string;
  /** The window that it opens in; absent: the one that the reader is in. */
  readonly on?: Window;
  readonly children: ReactNode;
}

const windowInUse = (): Window => (pictureWindow().document.hasFocus() ? pictureWindow() : window);

/**
 * A modal dialog: the browser keeps the focus inside and closes it with Escape; it begins with the
 * element that has `data-first-focus`, else with the button that closes it, and ends where it came from.
 * Keys typed in it do not reach the shortcuts of the page. It hangs on the page as a whole, since the column
 * that asked for it may be folded, and nothing in there is drawn.
 */
export const Dialog = ({ title, onClose, className = '', on, children }: DialogProps) => {
  const [within] = useState(() => on ?? windowInUse());
  const leave = useEffectEvent(onClose);
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const opener = within.document.activeElement;
    // A button that is disabled while it works loses the focus, and keys then go to the page.
    const keepKeys = (event: KeyboardEvent) => {
      if (tagOf(event.target) === '' || !dialog?.contains(event.target as Node)) {
        event.stopImmediatePropagation();
        dialog?.querySelector<HTMLElement>('header button')?.focus();
      }
    };
    const stopKeeping = listenOnWindows({ keydown: keepKeys }, true);
    // A second window takes its dialog with it.
    const stopWatching = onPicturesMoved(() => within !== window && leave());
    if (within !== window) within.focus();
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      stopKeeping();
      stopWatching();
      dialog?.close();
      // The element is out of the page by now, so the browser does not give the focus back itself.
      (opener as HTMLElement | SVGElement | null)?.focus();
    };
  }, [within]);
  return createPortal(
    <dialog
      ref={element}
      className={`dialog ${className}`}
      aria-labelledby={heading}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (!element.current?.open) onClose();
      }}
      onKeyDown={(e) => e.stopPropagation()}
    >
      <header>
        <h2 id={heading}>{title}</h2>
        <button type="button" className="quiet" onClick={onClose}>
          {t('Close')}
        </button>
      </header>
      {children}
    </dialog>,
    within.document.body,
  );
};
