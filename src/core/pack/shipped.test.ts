import { describe, expect, it } from 'vitest';
import { isNotShipped, namedAsLoaded } from './shipped.ts';
import type { PackManifest } from './manifest.ts';

const manifest = { id: 'm', version: '1.0.0' } as PackManifest;

describe('a pack', () => {
  it('that was shipped keeps its name', () => {
    const named = namedAsLoaded(manifest, 'aa', { m: 'aa' });
    expect([named, isNotShipped(named)]).toEqual([manifest, false]);
  });

  it.each([
    ['was changed', 'bb', { m: 'aa' }],
    ['is another', 'aa', { n: 'aa' }],
    ['was put in afterwards', 'aa', {}],
  ])('that %s says so wherever its version stands', (_, sha256, shipped) => {
    const named = namedAsLoaded(manifest, sha256, shipped);
    expect([named.version, isNotShipped(named)]).toEqual(['1.0.0+not-shipped', true]);
  });

  it('is not judged where its hash cannot be known', () => {
    expect(namedAsLoaded(manifest, undefined, {})).toBe(manifest);
  });
});
