import type { FileEntry } from '../../adapters/dicom-io/intake/collect-entries.ts';
import type { DicomWebClient } from '../../adapters/dicomweb/index.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { SettingsStore } from '../../state/settings-store.ts';
import type { DicomWebPort, ServerSession } from '../../ports/server.ts';
import type { ExportPort } from '../../ports/exports.ts';
import type { ReportLedger } from '../report-ledger.ts';
import { storeReport } from '../store-report.ts';

/** The client is needed by few: it is loaded when a reader asks for a server. */
const loadClient = () => import('../../adapters/dicomweb/index.ts');

interface DicomWebSources {
  readonly exports: ExportPort;
  readonly settings: SettingsStore;
  readonly ledger: ReportLedger;
  /** Opens files as if they had been dropped on the page. */
  readonly open: (collect: () => Promise<readonly FileEntry[]>) => void;
}

const said = <T>(outcome: Result<T, { readonly message: string }>): Result<T, string> =>
  outcome.ok ? outcome : err(outcome.error.message);

const sessionOf = (
  client: DicomWebClient,
  name: string,
  { exports, settings, ledger, open }: DicomWebSources,
): Omit<ServerSession, 'warning'> => ({
  name,
  search: async (query, signal) => said(await client.searchStudies(query, { signal })),
  open: async (studyInstanceUid, signal, onProgress) => {
    const retrieved = await client.retrieveStudy(studyInstanceUid, { signal, onProgress });
    if (!retrieved.ok) return err(retrieved.error.message);
    const { entries, stopped } = retrieved.value;
    open(async () => entries);
    return ok(stopped ? `Not all of the study came: ${stopped.message}` : '');
  },
  storeReport: async (patientKey, format, signal) => {
    // A report without a patient would be filed under nobody.
    if (settings.getState().namesHidden)
      return err('Names are hidden: show them before storing on a server.');
    try {
      const report = await exports.report(patientKey);
      if (!report.ok) return report;
      return await storeReport(client, name, report.value, format, ledger, signal);
    } catch (error) {
      return err((error as Error).message);
    }
  },
});

const READABLE =
  'This address is not encrypted (http to another computer): what is sent, the password or token too, can be read on the way.';

/** Searching, opening and storing on a DICOMweb server that the reader names. */
export const createDicomWeb = (sources: DicomWebSources): DicomWebPort => {
  const offer: DicomWebPort['offer'] = async () => {
    const { readServerConfig } = await loadClient();
    const { proxy, connect } = await readServerConfig();
    return {
      proxy: proxy && { address: proxy.address.base, upstream: proxy.upstream },
      connect,
    };
  };
  return {
    offer,
    connect: async (typed, credentials) => {
      const { createDicomWebClient, parseServerAddress } = await loadClient();
      const address = parseServerAddress(typed);
      if (!address.ok) return err(address.error.message);
      const { base, unencrypted } = address.value;
      const client = createDicomWebClient({ address: address.value, credentials });
      if (!client.ok) return err(client.error.message);
      const { proxy } = await offer();
      const name = proxy?.address === base ? proxy.upstream : base;
      const readable = unencrypted && credentials.kind !== 'none';
      return ok({ ...sessionOf(client.value, name, sources), warning: readable ? READABLE : '' });
    },
  };
};
