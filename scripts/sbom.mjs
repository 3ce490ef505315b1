// The bill of materials without what differs from one run to the next.
import { createHash } from 'node:crypto';

/**
 * CycloneDX as `npm sbom` prints it, without its moment, and with a serial number that stands for the lock
 * file instead of a random one: the same dependencies give the same bytes.
 */
export const steadySbom = (json, lock) => {
  const bom = JSON.parse(json);
  const h = createHash('sha256').update(lock).digest('hex');
  bom.serialNumber = `urn:uuid:${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
  delete bom.metadata?.timestamp;
  // npm takes the name from the folder that the sources lie in.
  const { component } = bom.metadata ?? {};
  if (component?.purl) component.name = component.purl.replace(/^pkg:npm\/|@[^@]*$/g, '');
  // Names of the tool and its version depend on the computer.
  delete bom.metadata?.tools;
  return `${JSON.stringify(bom, null, 2)}\n`;
};
