import { describe, expect, it } from 'vitest';
import { newUuid } from './new-uuid.ts';

const V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('a new UUID', () => {
  it('needs no secure context', () => {
    const plain = {
      getRandomValues: <T extends ArrayBufferView | null>(array: T) =>
        crypto.getRandomValues(array as never) as T,
    };
    const made = Array.from({ length: 200 }, () => newUuid(plain));
    for (const uuid of made) expect(uuid).toMatch(V4);
    expect(new Set(made).size).toBe(200);
  });

  it('is the browser’s own where it has one', () => {
    expect(newUuid()).toMatch(V4);
  });
});
