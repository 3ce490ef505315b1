import { useCallback, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { message } from '../../../core/message/message.ts';
import { t } from '../../../i18n/phrases/text.ts';
import { examOnShow } from '../../../state/open-exams.ts';
import { Who } from '../../names.tsx';
import { Notices } from '../../Notices.tsx';
import { useServices, useStudies } from '../../services.tsx';
import { ViewerArea } from '../layout/ViewerArea.tsx';
import { dateText } from '../view/view-labels.ts';
import { openSecondWindow } from './open-window.ts';
import { picturesMoved } from './picture-window.ts';

/** Whose pictures they are: in the page that stands beside them. */
const Heading = () => {
  const header = examOnShow(useStudies((s) => s))?.images[0]?.header;
  return header ? (
    <header className="second-window-head" data-testid="second-window-head">
      <b>
        <Who header={header} />
      </b>{' '}
      {dateText(header.studyDate)}
    </header>
  ) : null;
};

/**
 * The pictures, in the page or in a second window. Their elements move as they are, canvases included:
 * nothing is decoded, uploaded or laid out anew but for the size, and one graphics context draws them.
 */
export const PictureStage = () => {
  const { viewer, notices } = useServices();
  const asked = useStore(viewer, (s) => s.secondWindow);
  const slot = useRef<HTMLDivElement>(null);
  const [host] = useState(() => {
    const element = document.createElement('div');
    element.className = 'picture-host';
    return element;
  });
  const attach = useCallback(
    (element: HTMLDivElement | null) => {
      slot.current = element;
      element?.append(host);
    },
    [host],
  );
  const tell = useEffectEvent((isBlocked: boolean) =>
    notices
      .getState()
      .tell('second-window', isBlocked ? message('viewer.second-window-blocked') : undefined),
  );
  useLayoutEffect(() => {
    if (!asked) return undefined;
    const bringBack = () => {
      slot.current?.append(host);
      picturesMoved(undefined);
      viewer.setState({ secondWindow: false });
    };
    const second = openSecondWindow(bringBack);
    tell(!second);
    if (!second) return viewer.setState({ secondWindow: false });
    second.window.document.body.append(host);
    picturesMoved(second.window);
    return () => {
      bringBack();
      second.close();
    };
  }, [asked, host, viewer]);
  return (
    <>
      {/* Before the pictures, whose views are made in elements that have their place. */}
      <div className="picture-slot" ref={attach} />
      {createPortal(
        <>
          {asked ? <Heading /> : null}
          <ViewerArea />
          {asked ? <Notices /> : null}
        </>,
        host,
      )}
      {asked ? (
        <div className="pictures-away" data-testid="pictures-away">
          <p>{t('The pictures are in a second window. Keys and marks work there as here.')}</p>
          <button type="button" onClick={() => viewer.setState({ secondWindow: false })}>
            {t('Bring them back')}
          </button>
        </div>
      ) : null}
    </>
  );
};
