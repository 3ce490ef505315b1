import { createHash } from 'node:crypto';
import type { PackManifest } from '../../src/core/pack/manifest.ts';
import { uidFromUuid } from '../../src/core/report/uid.ts';

/** The studies of one exam with one pack: what is done once, however often it is asked for. */
export interface JobIdentity {
  /** Study Instance UIDs, pack and version; that of a single study names its job in the queue. */
  readonly id: string;
  readonly studies: readonly string[];
  /** Of the CAD SR that the job writes: the same at every try. */
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** A UUID (version 8, RFC 9562) of the first 128 bits of SHA-256. */
export const uuidOf = (text: string): string => {
  const h = createHash('sha256').update(text).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
};

/** UUIDs of a job's SR in the order in which the writer asks for them: series, then object. */
export const uuidsOf = (id: string): readonly string[] =>
  ['series', 'object'].map((of) => uuidOf(`tandem-archive ${id} ${of}`));

/** The identity of what is done for some studies, in whatever order they come. */
export const jobIdentity = (
  studies: readonly string[],
  { id: pack, version }: Pick<PackManifest, 'id' | 'version'>,
): JobIdentity => {
  // BullMQ parts its keys at colons.
  const id = `${studies.toSorted().join('+')}_${pack}_${version}`.replaceAll(':', '-');
  const [series = '', object = ''] = uuidsOf(id).map(uidFromUuid);
  return { id, studies, seriesInstanceUid: series, sopInstanceUid: object };
};
