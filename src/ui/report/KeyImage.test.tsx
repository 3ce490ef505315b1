// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import { testImage } from '../../core/image/testing.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { KeyPicture } from './KeyImage.tsx';

vi.mock('./region-picture.ts', () => ({ regionPicture: () => ({}), pictureUrl: () => 'data:,' }));
vi.mock('../viewer/view/AirMask.tsx', () => ({
  useAirMask: (sop: string, _breast: unknown, isNeeded: boolean) =>
    isNeeded ? `data:,${sop}` : undefined,
}));
afterEach(cleanup);

const show = (inverted: boolean) =>
  render(
    <ServicesProvider services={{ breastOf: () => undefined } as unknown as Services}>
      <KeyPicture
        header={testHeader({ sopInstanceUid: 'rcc', side: 'R' })}
        image={{ ...testImage(100, 200, () => 1), spacing: { row: 0.1, column: 0.1 } }}
        kept={{
          ...{ id: 'k', sopInstanceUid: 'rcc', at: '2026-01-01T00:00:00Z', inverted },
          area: { x: 0, y: 0, width: 50, height: 200 },
        }}
        side={100}
        label="key image"
        marks={[]}
        barMm={2}
      />
    </ServicesProvider>,
  );

it('keeps the air of an inverted view black, in the way that the picture hangs', () => {
  show(true);
  const mask = screen.getByTestId('air-mask');
  expect(mask.getAttribute('href')).toBe('data:,rcc');
  expect([mask.getAttribute('width'), mask.getAttribute('height')]).toEqual(['100', '200']);
  expect(mask.parentElement).toBe(screen.getByRole('img').querySelector('g'));
});

it('needs no mask otherwise, and has a bar that is seen on black and white', () => {
  show(false);
  expect(screen.queryByTestId('air-mask')).toBeNull();
  const bar = [...screen.getByTestId('report-scale').querySelectorAll('path')];
  expect(bar.map((path) => path.getAttribute('stroke'))).toEqual(['#000', '#fff']);
  expect(screen.getByRole('img').style.getPropertyValue('--ratio')).toBe('0.25');
});
