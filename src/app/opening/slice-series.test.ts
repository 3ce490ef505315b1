import { expect, it } from 'vitest';
import { message } from '../../core/message/message.ts';
import { createSliceSeries } from './slice-series.ts';

const entry = (path: string) => ({ path, file: new File([path], path) });
const failed = (fileName: string, series?: string) => ({
  fileName,
  reason: message('file.tomosynthesis.slice'),
  ...(series && { series }),
});

it('puts the slices of a series together, and leaves those without others', () => {
  const entries = ['a1', 'b1', 'a2', 'a3', 'x'].map(entry);
  const series = createSliceSeries(entries);
  expect(series.takes(failed('x'))).toBe(false);
  for (const name of ['a1', 'b1', 'a2', 'a3'])
    expect(series.takes(failed(name, name[0]))).toBe(true);
  expect(series.alone().map(({ fileName }) => fileName)).toEqual(['b1']);
  const [volume, ...others] = series.volumes();
  expect(others).toEqual([]);
  expect(volume).toEqual({
    path: 'a1',
    file: entries[0]?.file,
    slices: [entries[2]?.file, entries[3]?.file],
  });
});
