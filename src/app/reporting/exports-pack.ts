import type { CaseReport } from '../../core/report/case-report.ts';
import type { ChosenPack } from '../scoring/packs.ts';

/**
 * How a report names the pack: as it was loaded, with the SHA-256 of that manifest. Throws where that is
 * not known, since nothing can have been scored then.
 */
export const packIdentity = ({
  manifest: { id, version, name },
  sha256,
}: ChosenPack): NonNullable<CaseReport['pack']> => {
  if (sha256 === undefined) throw new Error('no score can come from a pack that was not checked');
  return { id, version, name, sha256 };
};
