import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Dialog } from '../components/Dialog.tsx';
import { useCommands } from '../commands/use-commands.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices } from '../services.tsx';
import { ConnectForm } from './ConnectForm.tsx';
import type { ServerOffer } from '../../ports/server.ts';
import { StudySearch } from './StudySearch.tsx';

/** What the page may reach; asked of its own server when the dialog opens. */
const useOffer = (): ServerOffer | undefined => {
  const { dicomweb } = useServices();
  const [offer, setOffer] = useState<ServerOffer>();
  useEffect(() => {
    let gone = false;
    const take = (value: ServerOffer) => !gone && setOffer(value);
    dicomweb.offer().then(take, () => take({ proxy: undefined, connect: undefined }));
    return () => {
      gone = true;
    };
  }, [dicomweb]);
  return offer;
};

const ServerDialog = ({ onClose }: { onClose: () => void }) => {
  const { serverSession, settings } = useServices();
  const priorsAtOnce = useStore(settings, (s) => s.priorsAtOnce);
  const session = useStore(serverSession, (s) => s.session);
  const offer = useOffer();
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
        offer && (
          <ConnectForm
            offer={offer}
            onConnected={(connected) => serverSession.setState({ session: connected })}
          />
        )
      )}
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
