/// <reference lib="webworker" />
import {
  addressesOf,
  addressOf,
  answerFor,
  keepAll,
  type OfflineList,
} from './service-worker-files.ts';
import {
  SIGN_IN,
  type StoringFailed,
  type TakeOver,
  type ToServiceWorker,
} from './service-worker-messages.ts';

/**
 * Keeps the whole page (code, codecs, model packs, demo cases) for use without a network, one version at a
 * time. Built into one classic script, service-worker.js, headed by the list of files. Requests for
 * anything that is not on the list are left alone: what a DICOMweb server sends is never kept.
 */
declare const self: ServiceWorkerGlobalScope & { readonly OFFLINE: OfflineList };

const { scope } = self.registration;
/** Cache Storage belongs to the origin, which may hold the page in several folders. */
const family = `tandem-app ${scope} `;
const ownName = family + self.OFFLINE.version;
const wanted = addressesOf(self.OFFLINE, scope);

const windows = async () =>
  (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })).filter(({ url }) =>
    url.startsWith(scope),
  );

const olderNames = async () =>
  (await caches.keys()).filter((name) => name.startsWith(family) && name !== ownName);

const store = async () => {
  const older = await Promise.all((await olderNames()).map((name) => caches.open(name)));
  try {
    await keepAll(wanted, await caches.open(ownName), older, (url, init) => fetch(url, init));
  } catch (error) {
    // A full disk: room is more use than a part of a version.
    if ((error as Error).name === 'QuotaExceededError') await caches.delete(ownName);
    const message: StoringFailed = { storingFailed: (error as Error).message };
    for (const client of await windows()) client.postMessage(message);
    throw error;
  }
};

const dropOlder = async () => {
  for (const name of await olderNames()) await caches.delete(name);
};

/** Only where no other window shows the version before: it would get files of two versions. */
const takeOver = async (answer: (text: TakeOver) => void) => {
  if ((await windows()).length > 1) return answer('others');
  answer('begins');
  await self.skipWaiting();
};

/** Only a single window, and only one whose code is of this version. */
const claim = async (entry: string) => {
  if (wanted.has(addressOf(entry, scope)) && (await windows()).length === 1)
    await self.clients.claim();
};

self.addEventListener('install', (event) => event.waitUntil(store()));
self.addEventListener('activate', (event) => event.waitUntil(dropOlder()));

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  if (message.ask === 'take-over')
    event.waitUntil(takeOver((text) => event.ports[0]?.postMessage(text)));
  else if (message.ask === 'claim') event.waitUntil(claim(message.entry));
});

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  if (new URL(event.request.url).searchParams.has(SIGN_IN)) return;
  const url = addressOf(event.request.url, scope);
  const sha256 = wanted.get(url);
  if (sha256 === undefined) return;
  const shelf = caches.open(ownName);
  event.respondWith(
    shelf.then((kept) =>
      answerFor(url, sha256, url === scope, kept, (to, init) => fetch(to, init)),
    ),
  );
});
