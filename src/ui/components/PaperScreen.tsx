import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { createPortal } from 'react-dom';
import { t } from '../../i18n/phrases/text.ts';

/** While it is shown the page beneath answers to nothing, neither pointer nor keys. */
const useAlone = (onKey: (event: KeyboardEvent) => void) => {
  const onKeyNow = useEffectEvent(onKey);
  useEffect(() => {
    const page = document.getElementById('root');
    const focused = document.activeElement;
    const onKey = (e: KeyboardEvent) => {
      onKeyNow(e);
      e.stopImmediatePropagation();
    };
    page?.setAttribute('inert', '');
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      page?.removeAttribute('inert');
      if (focused instanceof HTMLElement) focused.focus();
    };
  }, []);
};

interface PaperScreenProps {
  readonly title: string;
  /** Beside the button that prints; not printed. */
  readonly tools: ReactNode;
  readonly ready: boolean;
  readonly onClose: () => void;
  /** Keys pressed on the sheet; without it Escape closes it. */
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** A sheet over the whole page, as it will be printed; printing and PDF are the browser's own. */
export const PaperScreen = (props: PaperScreenProps) => {
  const { title, tools, ready, onClose, children } = props;
  useAlone(props.onKey ?? ((event) => event.key === 'Escape' && onClose()));
  return createPortal(
    <div className="paper-screen" role="dialog" aria-modal="true" aria-label={title}>
      <div className="paper-tools">
        {tools}
        <button
          type="button"
          className="primary"
          autoFocus
          disabled={!ready}
          onClick={() => window.print()}
        >
          {t('Print or save as PDF')}
        </button>
        <button type="button" onClick={onClose}>
          {t('Close')}
        </button>
      </div>
      {children}
    </div>,
    document.body,
  );
};
