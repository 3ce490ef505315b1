import { describe, expect, it } from 'vitest';
import { steadySbom } from './sbom.mjs';

describe('the bill of materials', () => {
  const bom = (serial: string, timestamp: string) =>
    JSON.stringify({
      bomFormat: 'CycloneDX',
      serialNumber: serial,
      metadata: { timestamp, component: { name: 'a-folder', purl: 'pkg:npm/tandem-cadx@0.1.0' } },
      components: [{ name: 'react' }],
    });

  it('is the same for the same lock file, and only then', () => {
    const lock = Buffer.from('lock');
    const one = steadySbom(bom('urn:uuid:1', '2026-01-01'), lock);
    expect(steadySbom(bom('urn:uuid:2', '2027-01-01'), lock)).toBe(one);
    expect(steadySbom(bom('urn:uuid:1', '2026-01-01'), Buffer.from('other'))).not.toBe(one);
    expect(JSON.parse(one)).toMatchObject({
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      ) as string,
      metadata: { component: { name: 'tandem-cadx' } },
      components: [{ name: 'react' }],
    });
  });
});
