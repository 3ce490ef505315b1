import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../i18n/phrases/text.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A modal dialog: the browser keeps the focus inside and closes it with Escape; it begins with the
 * element that has `data-first-focus`, else with the button that closes it, and ends where it came from.
 * Keys typed in it do not reach the shortcuts of the page. It hangs on the page as a whole, since the column
 * that asked for it may be folded, and nothing in there is drawn.
 */
export const Dialog = ({ title, onClose, className = '', children }: DialogProps) => {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = element.current;
    const opener = document.activeElement;
    // A button that is disabled while it works loses the focus, and keys then go to the page.
    const keepKeys = (event: KeyboardEvent) => {
      if (!(event.target instanceof Node && dialog?.contains(event.target))) {
        event.stopImmediatePropagation();
        dialog?.querySelector<HTMLElement>('header button')?.focus();
      }
    };
    window.addEventListener('keydown', keepKeys, { capture: true });
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      window.removeEventListener('keydown', keepKeys, { capture: true });
      dialog?.close();
      // The element is out of the page by now, so the browser does not give the focus back itself.
      if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus();
    };
  }, []);
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
    document.body,
  );
};
