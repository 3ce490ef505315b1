import { expect, it } from 'vitest';
import { testHeader } from './test-header.ts';
import { viewLabel } from './view-label.ts';

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
