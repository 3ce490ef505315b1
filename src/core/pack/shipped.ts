import type { PackManifest } from './manifest.ts';

/** Ends the version of a pack that is not, byte for byte, one that this program was built with. */
export const NOT_SHIPPED = '+not-shipped';

/**
 * The manifest as the page and everything that leaves it shall name it. `shipped`: SHA-256 in hex of the
 * manifest.json of each pack of the build, by id; a manifest lists the hashes of all other files, so its
 * own stands for the whole pack. `sha256` is undefined where the browser cannot compute it (plain http):
 * nothing is scored there.
 */
export const namedAsLoaded = (
  manifest: PackManifest,
  sha256: string | undefined,
  shipped: Readonly<Record<string, string>>,
): PackManifest =>
  sha256 === undefined || shipped[manifest.id] === sha256
    ? manifest
    : { ...manifest, version: `${manifest.version}${NOT_SHIPPED}` };

/** Whether a pack's version says that it is not one of this program's build. */
export const isNotShipped = ({ version }: { readonly version: string }): boolean =>
  version.endsWith(NOT_SHIPPED);
