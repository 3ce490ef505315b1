import { failureOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import type { DicomWebPort, FoundStudy } from '../../ports/server.ts';
import type { Said } from '../../state/notices-store.ts';
import { createSessionStore } from '../../state/session-store.ts';
import type { Launch } from '../launch.ts';
import { takeLaunches } from '../launch-queue.ts';
import type { LaunchParts, Offered } from '../open-launch.ts';
import type { Stores } from '../stores.ts';
import type { createRecents } from './recents.ts';

interface Parts {
  readonly dicomweb: DicomWebPort;
  readonly recents: ReturnType<typeof createRecents> | undefined;
}

const OFFERED: readonly Offered[] = ['priors', 'newer', 'undated'];

const uids = (studies: readonly FoundStudy[] = []): readonly string[] =>
  studies.map(({ studyInstanceUid }) => studyInstanceUid);

/** Opens what another system launches the page with; the session with the server that comes of it. */
export const composeLaunch = (
  launch: Launch | undefined,
  { studies, notices, settings }: Stores,
  { dicomweb, recents }: Parts,
) => {
  const serverSession = createSessionStore();
  /** A notice with something to do about it, gone once that is done. */
  const offer = (
    topic: string,
    said: Said,
    label: Message,
    act: () => void,
    about?: readonly string[],
  ) => {
    const run = () => {
      notices.getState().tell(topic, undefined);
      act();
    };
    notices.getState().tell(topic, said, { action: { label, run }, about });
  };
  const begin = (asked: Launch) => {
    // What was offered before is of another patient.
    for (const topic of OFFERED) notices.getState().tell(`launch ${topic}`, undefined);
    const parts: LaunchParts = {
      dicomweb,
      connected: (session) => serverSession.setState({ session }),
      tell: (said, of) =>
        notices.getState().tell('launch', said.length > 0 ? said : undefined, { about: uids(of) }),
      notReached: (why) => {
        const again = () => begin(asked);
        if (why.code === 'server.signed-out')
          offer('launch', why, message('launch.sign-in'), () => void dicomweb.signIn().then(again));
        else offer('launch', why, message('page.fetch-again'), again);
      },
      priorsAtOnce: () => settings.getState().priorsAtOnce,
      offer: (topic, said, of, open) =>
        offer(`launch ${topic}`, said, message('launch.open-priors'), open, uids(of)),
    };
    // Fetched where there is something to launch.
    import('../open-launch.ts')
      .then(({ openLaunch }) => openLaunch(asked, parts))
      .catch((error: unknown) => parts.notReached(failureOf(error)));
  };
  if (launch) begin(launch);
  takeLaunches(globalThis.window?.launchQueue, launch, {
    openFiles: (files) => void recents?.openHandles(files),
    openLaunch: begin,
    isReading: () => studies.getState().images.length > 0,
    ask: (open) => offer('launch again', message('launch.again'), message('launch.open'), open),
  });
  return serverSession;
};
