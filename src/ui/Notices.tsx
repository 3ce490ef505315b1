import { useEffect } from 'react';
import { say, t } from '../i18n/phrases/text.ts';
import { noticesOnShow } from '../state/notices-on-show.ts';
import type { Notice } from '../state/notices-store.ts';
import { useHiddenFileNames } from './names.tsx';
import { useNotices, useServices, useStudies } from './services.tsx';
import { pictureWindow } from './viewer/second-window/picture-window.ts';

/** How long a notice stays that goes by itself, in ms: a slow reader's time for two sentences, twice. */
const STAY = 15_000;

/** Whether a pointer or the focus is on the notices, in whichever window. */
const areHeld = (): boolean =>
  [document, pictureWindow().document].some((shown) =>
    [...shown.querySelectorAll('.notices')].some(
      (list) => list.matches(':hover') || list.contains(shown.activeElement),
    ),
  );

/** Takes a passing notice away after its time, which begins anew as long as the reader is at one. */
const usePassing = (notice: Notice, dismiss: () => void): void => {
  useEffect(() => {
    if (!notice.passes) return undefined;
    const timer = setInterval(() => {
      if (!areHeld()) dismiss();
    }, STAY);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- its time is the notice's own
  }, [notice]);
};

const Line = ({ notice }: { readonly notice: Notice }) => {
  const { notices } = useServices();
  const withoutFileNames = useHiddenFileNames();
  const dismiss = () => notices.getState().dismiss(notice);
  usePassing(notice, dismiss);
  return (
    <li className={notice.passes ? 'passing' : undefined}>
      {withoutFileNames(say(notice.text))}{' '}
      {notice.action && (
        <button type="button" onClick={notice.action.run}>
          {say(notice.action.label)}
        </button>
      )}{' '}
      <button type="button" className="quiet" onClick={dismiss}>
        {t('Dismiss')}
      </button>
    </li>
  );
};

/** What the page says by itself: in each of its windows, and of the patient on show. */
export const Notices = () => {
  const studies = useStudies((s) => s);
  const notices = noticesOnShow(
    useNotices((s) => s.notices),
    studies,
  );
  return (
    <div className="notices" role="status">
      <ul>
        {notices.map((notice) => (
          <Line key={notice.topic} notice={notice} />
        ))}
      </ul>
    </div>
  );
};
