import './offline-notice.css';
import { t } from '../../i18n/phrases/text.ts';
import type { OfflineState } from './offline.ts';

interface Notice {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Goes away by itself after this time, ms. */
  readonly fadesAfter?: number;
}

/** What the reader is told; most states need no word. */
export const noticeFor = (state: OfflineState): Notice | undefined => {
  if (state.phase === 'ready' && state.updateProblem)
    return {
      text: t('A newer version could not be stored: {reason}.', { reason: state.updateProblem }),
    };
  if (state.phase === 'ready' && state.firstTime)
    return { text: t('Stored: from now on this page works without a network.'), fadesAfter: 8000 };
  if (state.phase === 'failed')
    return { text: t('Not stored for use without a network: {reason}.', { reason: state.reason }) };
  if (state.phase !== 'update') return undefined;
  const action = { label: t('Reload'), run: state.begin };
  return state.othersOpen
    ? { text: t('The new version begins once the other windows of this page are closed.'), action }
    : {
        text: t(
          'A new version is ready. Reload when it suits you: marks are kept, images are opened anew.',
        ),
        action,
      };
};

const button = (label: string, run: () => void) => {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', run);
  return element;
};

/** Shows the notice of a state in a corner of the page, in place of the one before. */
export const showOfflineNotice = (state: OfflineState): void => {
  const notice = noticeFor(state);
  document.querySelector('.offline-notice')?.remove();
  if (!notice) return;
  const element = document.createElement('div');
  element.className = 'offline-notice';
  element.setAttribute('role', 'status');
  const text = document.createElement('p');
  text.textContent = notice.text;
  const { action, fadesAfter } = notice;
  if (action) element.append(button(action.label, action.run));
  element.append(button(action ? t('Later') : t('Close'), () => element.remove()));
  element.prepend(text);
  document.body.append(element);
  if (fadesAfter) setTimeout(() => element.remove(), fadesAfter);
};
