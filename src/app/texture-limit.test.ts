import { expect, it } from 'vitest';
import { speak, tMessage } from '../i18n/phrases/text.ts';
import { remarksOnSize } from './texture-limit.ts';

it('says of a picture that is larger than the textures of the device, in both languages', () => {
  const [remark = ''] = remarksOnSize({ rows: 9000, columns: 6000 }, 8192);
  expect(remark).toMatch(/6000 × 9000 pixels.*at most 8192 a side.*may stay black/);
  speak('zh-CN');
  expect(tMessage(remark)).toMatch(/6000 × 9000.*8192/);
  expect(tMessage(remark)).not.toBe(remark);
  speak('en');
});

it('says nothing of one that fits, lying or standing', () => {
  expect(remarksOnSize({ rows: 8192, columns: 8192 }, 8192)).toEqual([]);
  expect(remarksOnSize({ rows: 1, columns: 8193 }, 8192)).toHaveLength(1);
});
