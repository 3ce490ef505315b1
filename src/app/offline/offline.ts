import { showOfflineNotice } from './offline-notice.ts';
import type { StoringFailed, TakeOver, ToServiceWorker } from './service-worker-messages.ts';

/** Whether the page works without a network; also on the root element as data-offline. */
export type OfflineState =
  /** No service worker here: plain http on a network, a private window. All else works the same. */
  | { readonly phase: 'unavailable' }
  | { readonly phase: 'storing' }
  | {
      readonly phase: 'ready';
      readonly firstTime: boolean;
      /** Why a newer version could not be stored; the one on screen stays. */
      readonly updateProblem?: string | undefined;
    }
  /** A newer version is stored whole; it begins when the reader says so. */
  | { readonly phase: 'update'; readonly begin: () => void; readonly othersOpen: boolean }
  | { readonly phase: 'failed'; readonly reason: string };

type Tell = (state: OfflineState) => void;

const HOUR = 3_600_000;

const send = (worker: ServiceWorker, message: ToServiceWorker, answer?: MessagePort) =>
  worker.postMessage(message, answer ? [answer] : []);

const askToTakeOver = (worker: ServiceWorker): Promise<TakeOver> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data as TakeOver);
    send(worker, { ask: 'take-over' }, port2);
  });

/** Tells the state of a registration, now and whenever it changes. */
const follow = (registration: ServiceWorkerRegistration, tell: Tell) => {
  let begun = false;
  const { serviceWorker } = navigator;
  let controlled = serviceWorker.controller !== null;
  const firstTime = registration.active === null;
  let problem: string | undefined;

  const begin = async (worker: ServiceWorker) => {
    begun = true;
    if ((await askToTakeOver(worker)) === 'begins') return;
    begun = false;
    tell({ phase: 'update', othersOpen: true, begin: () => void begin(worker) });
  };
  const look = () => {
    const { active, waiting } = registration;
    if (active && waiting)
      return tell({ phase: 'update', othersOpen: false, begin: () => void begin(waiting) });
    if (!active && problem) return tell({ phase: 'failed', reason: problem });
    if (active?.state !== 'activated') return tell({ phase: 'storing' });
    if (!serviceWorker.controller) {
      const entry = document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '';
      send(active, { ask: 'claim', entry });
    }
    tell({ phase: 'ready', firstTime, updateProblem: problem });
  };
  const watch = (worker: ServiceWorker | null) => worker?.addEventListener('statechange', look);

  for (const worker of [registration.installing, registration.waiting, registration.active])
    watch(worker);
  registration.addEventListener('updatefound', () => {
    problem = undefined;
    watch(registration.installing);
  });
  serviceWorker.addEventListener('message', ({ data }) => {
    problem = (data as StoringFailed).storingFailed;
    look();
  });
  serviceWorker.addEventListener('controllerchange', () => {
    const reload = () => location.reload();
    if (begun) reload();
    else if (controlled) tell({ phase: 'update', othersOpen: false, begin: reload });
    controlled = true;
  });
  look();
};

/** Registers the service worker beside the page and tells what becomes of it. */
export const watchOffline = async (tell: Tell): Promise<void> => {
  if (!('serviceWorker' in navigator)) return tell({ phase: 'unavailable' });
  try {
    // Undefined where a browser driven by a test blocks service workers.
    const registration = (await navigator.serviceWorker.register(
      new URL('service-worker.js', document.baseURI),
      { updateViaCache: 'none' },
    )) as ServiceWorkerRegistration | undefined;
    if (!registration) return tell({ phase: 'unavailable' });
    follow(registration, tell);
    // A reading room leaves the page open for days. Without a network there is nothing to learn.
    setInterval(() => void registration.update().catch(() => undefined), HOUR);
  } catch (error) {
    console.warn(`Not available offline: ${(error as Error).message}`);
    tell({ phase: 'unavailable' });
  }
};

/** Makes the built page work offline from its first visit on, and says so on screen. */
export const startOffline = (): void =>
  void watchOffline((state) => {
    document.documentElement.dataset.offline = state.phase;
    showOfflineNotice(state);
  });
