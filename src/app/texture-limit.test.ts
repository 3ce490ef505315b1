import { expect, it } from 'vitest';
import { message } from '../core/message/message.ts';
import { remarksOnSize } from './texture-limit.ts';

it('says of a picture that it is larger than the textures of the device', () => {
  expect(remarksOnSize({ rows: 9000, columns: 6000 }, 8192)).toEqual([
    message('remark.texture-limit', { columns: 6000, rows: 9000, limit: 8192 }),
  ]);
});

it('says nothing of one that fits, lying or standing', () => {
  expect(remarksOnSize({ rows: 8192, columns: 8192 }, 8192)).toEqual([]);
  expect(remarksOnSize({ rows: 1, columns: 8193 }, 8192)).toHaveLength(1);
});
