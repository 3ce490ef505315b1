import { expect, it } from 'vitest';
import { testHeader } from './test-header.ts';
import { repeatMarks, viewLabel } from './view-label.ts';

it.each([
  [testHeader({ side: 'R' }), 'RCC'],
  [testHeader({ side: 'R', viewModifiers: ['magnification'] }), 'RCC M'],
  [
    testHeader({ view: 'MLO', viewModifiers: ['implant displaced', 'spot compression'] }),
    'LMLO ID S',
  ],
  [testHeader({ viewModifiers: ['tangential'] }), 'LCC TAN'],
  [testHeader({ viewModifiers: ['rolled lateral'] }), 'LCC RL'],
  [testHeader({ view: 'XCCL' }), 'LXCCL'],
  [testHeader({ kind: 'recombined' }), 'LCC RC'],
  [
    {
      ...testHeader(),
      laterality: {
        value: 'L' as const,
        source: 'ImageLaterality' as const,
        against: [{ value: 'R' as const, source: 'Laterality' as const }],
      },
    },
    'L/R? CC',
  ],
  [testHeader({ side: undefined, view: undefined }), '??'],
])('%#: a label of film, %s', (header, label) => {
  expect(viewLabel(header)).toBe(label);
});

it('tells images of one label apart by time, else by number, else by their order', () => {
  const taken = (sopInstanceUid: string, contentTime: string, instanceNumber?: number) => ({
    ...testHeader({ sopInstanceUid, contentTime }),
    instanceNumber,
  });
  const marksOf = (...headers: readonly ReturnType<typeof taken>[]) => [...repeatMarks(headers)];
  expect(marksOf(taken('a', '101500'))).toEqual([]);
  expect(marksOf(taken('a', '101500.25'), taken('b', '1016'))).toEqual([
    ['a', '10:15:00'],
    ['b', '10:16'],
  ]);
  expect(marksOf(taken('a', '1015', 3), taken('b', '1015', 7))).toEqual([
    ['a', '#3'],
    ['b', '#7'],
  ]);
  expect(marksOf(taken('a', ''), taken('b', ''))).toEqual([
    ['a', '#1'],
    ['b', '#2'],
  ]);
});
