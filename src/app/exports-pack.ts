import type { CaseReport } from '../core/report/case-report.ts';
import type { ChosenPack } from './packs.ts';

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const hashOf = async (url: string): Promise<string> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the pack's manifest.json answered ${response.status}`);
  return hex(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
};

/**
 * How a report names the pack: with the SHA-256 of its manifest, which is computed when first asked
 * for. A failure is forgotten, so that the next call tries again.
 */
export const packIdentity = ({ url, manifest: { id, version, name } }: ChosenPack) => {
  let hash: Promise<string> | undefined;
  return async (): Promise<NonNullable<CaseReport['pack']>> => {
    hash ??= hashOf(new URL('manifest.json', url).href).catch((error: unknown) => {
      hash = undefined;
      throw error;
    });
    return { id, version, name, sha256: await hash };
  };
};
