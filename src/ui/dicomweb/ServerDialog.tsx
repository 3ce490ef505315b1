import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../components/Dialog.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { ConnectForm } from './ConnectForm.tsx';
import { failureOf } from '../../core/message/failure.ts';
import type { Message } from '../../core/message/message.ts';
import { err } from '../../core/message/result.ts';
import type { DicomWebPort } from '../../ports/server.ts';
import { StudySearch } from './StudySearch.tsx';

type Offered = Awaited<ReturnType<DicomWebPort['offer']>>;

/** What the page may reach; asked of its own server when the dialog opens, and when it is asked again. */
const useOffer = () => {
  const { dicomweb } = useServices();
  const [offered, setOffered] = useState<Offered>();
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let gone = false;
    const take = (value: Offered) => !gone && setOffered(value);
    dicomweb.offer().then(take, (error: unknown) => take(err(failureOf(error))));
    return () => {
      gone = true;
    };
  }, [dicomweb, asked]);
  return { offered, askAgain: () => setAsked((n) => n + 1) };
};

/** Says why the page's own server cannot be asked, with what the reader may do about it. */
const NotReached = ({ why, askAgain }: { why: Message; askAgain: () => void }) => {
  const { dicomweb } = useServices();
  const isSignedOut = why.code === 'server.signed-out';
  const act = () => (isSignedOut ? void dicomweb.signIn().then(askAgain) : askAgain());
  return (
    <>
      <p className="warnings" role="alert">
        {say(why)}
      </p>
      <button type="button" onClick={act}>
        {isSignedOut ? t('Sign in') : t('Try again')}
      </button>
    </>
  );
};

const ServerDialog = ({ onClose }: { onClose: () => void }) => {
  const { serverSession, settings } = useServices();
  const priorsAtOnce = useStore(settings, (s) => s.priorsAtOnce);
  const session = useStore(serverSession, (s) => s.session);
  const { offered, askAgain } = useOffer();
  return (
    <Dialog title={t('DICOMweb server')} className="server-dialog" onClose={onClose}>
      {session ? (
        <>
          <p className="server-name">
            <b>{session.name}</b>
            <button
              type="button"
              className="quiet"
              onClick={() => serverSession.setState({ session: undefined })}
            >
              {t('Another server or sign-in')}
            </button>
          </p>
          {session.warning && <p className="warnings">{say(session.warning)}</p>}
          <StudySearch session={session} onComing={onClose} />
        </>
      ) : (
        offered?.ok && (
          <ConnectForm
            offer={offered.value}
            onConnected={(connected) => serverSession.setState({ session: connected })}
          />
        )
      )}
      {!session && offered?.ok === false && <NotReached why={offered.error} askAgain={askAgain} />}
      <label>
        <input
          type="checkbox"
          checked={priorsAtOnce}
          onChange={(e) => settings.getState().bringPriors(e.target.checked)}
        />{' '}
        {t('Open earlier exams at once when another program opens a study here')}
      </label>
      <p className="fine">
        {t(
          'Only the server named here is contacted, and only when you search, open or store. User name, password and token stay in memory until the page is closed.',
        )}
      </p>
    </Dialog>
  );
};

/** Opens the dialog; contacts nobody before the reader asks. */
export const ServerButton = () => {
  const [shown, setShown] = useState(false);
  useCommands([
    {
      id: 'open.server',
      group: t('Opening'),
      title: t('Open from a server'),
      run: () => setShown(true),
    },
  ]);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setShown(true)}>
        {t('Open from a server')}
      </button>
      {shown && <ServerDialog onClose={() => setShown(false)} />}
    </>
  );
};
