import { failureOf } from '../../core/message/failure.ts';
import { message } from '../../core/message/message.ts';
import type { ArrivingEntry, DicomWebClient } from '../../adapters/dicomweb/index.ts';
import { err, ok } from '../../core/message/result.ts';
import type { SettingsStore } from '../../state/settings-store.ts';
import type { DicomWebPort, ServerSession } from '../../ports/server.ts';
import type { ExportPort } from '../../ports/exports.ts';
import type { ReportLedger } from '../report-ledger.ts';
import { SIGN_IN } from '../offline/service-worker-messages.ts';
import type { Open } from './opening.ts';
import { storeReport } from '../store-report.ts';

/** The client is needed by few: it is loaded when a reader asks for a server. */
const loadClient = () => import('../../adapters/dicomweb/index.ts');

interface DicomWebSources {
  readonly exports: ExportPort;
  readonly settings: SettingsStore;
  readonly ledger: ReportLedger;
  /** Opens files as if they had been dropped on the page. */
  readonly open: Open;
}

/** Images as they come; what may be a report after them. */
const openArriving = (arriving: readonly ArrivingEntry[], open: Open): AbortSignal => {
  const images = arriving.filter(({ isImage }) => isImage);
  const others = arriving.filter(({ isImage }) => !isImage);
  return open(() => Promise.all(others.map(({ coming }) => coming)), undefined, images);
};

const sessionOf = (
  client: DicomWebClient,
  name: string,
  { exports, settings, ledger, open }: DicomWebSources,
): Omit<ServerSession, 'warning'> => ({
  name,
  search: (query, signal) => client.searchStudies(query, { signal }),
  open: async (studyInstanceUid, signal, onProgress, onComing) => {
    const fetching = new AbortController();
    const stop = () => fetching.abort();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const retrieved = await client.retrieveStudy(studyInstanceUid, {
      signal: fetching.signal,
      onProgress,
      onArriving: (arriving) => {
        signal.removeEventListener('abort', stop);
        openArriving(arriving, open).addEventListener('abort', stop);
        onComing();
      },
    });
    if (!retrieved.ok) return retrieved;
    const { stopped, leftOut } = retrieved.value;
    return ok([
      ...(stopped ? [message('server.part', { reason: stopped })] : []),
      ...(leftOut.length > 0 ? [message('server.left-out', { kinds: leftOut.join(', ') })] : []),
    ]);
  },
  storeReport: async (patientKey, format, signal) => {
    // A report without a patient would be filed under nobody.
    if (settings.getState().namesHidden) return err(message('server.hidden-names'));
    try {
      const report = await exports.report(patientKey);
      if (!report.ok) return report;
      return await storeReport(client, name, report.value, format, ledger, signal);
    } catch (error) {
      return err(failureOf(error));
    }
  },
});

/** Searching, opening and storing on a DICOMweb server that the reader names. */
export const createDicomWeb = (sources: DicomWebSources): DicomWebPort => {
  const offer: DicomWebPort['offer'] = async () => {
    const { readServerConfig } = await loadClient();
    const config = await readServerConfig();
    if (!config.ok) return config;
    const { proxy, connect } = config.value;
    return ok({
      proxy: proxy && { address: proxy.address.base, upstream: proxy.upstream },
      connect,
    });
  };
  return {
    offer,
    signIn: () =>
      new Promise((resolve) => {
        addEventListener('focus', () => resolve(), { once: true });
        window.open(`${location.pathname}?${SIGN_IN}`, '_blank', 'noopener');
      }),
    connect: async (typed, credentials) => {
      const { createDicomWebClient, parseServerAddress } = await loadClient();
      const address = parseServerAddress(typed);
      if (!address.ok) return address;
      const { base, unencrypted } = address.value;
      const client = createDicomWebClient({ address: address.value, credentials });
      if (!client.ok) return client;
      const offered = await offer();
      const proxy = offered.ok ? offered.value.proxy : undefined;
      const name = proxy?.address === base ? proxy.upstream : base;
      const readable = unencrypted && credentials.kind !== 'none';
      return ok({
        ...sessionOf(client.value, name, sources),
        warning: readable ? message('server.unencrypted') : undefined,
      });
    },
  };
};
