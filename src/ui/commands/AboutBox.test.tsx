// @vitest-environment jsdom
import '../testing/dialogs.ts';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { type Services, ServicesProvider } from '../services.tsx';
import { AboutBox } from './AboutBox.tsx';

afterEach(cleanup);

const build = { version: '1.2.3', build: 'abc123', packs: {}, licences: 'THIRD-PARTY.txt' };
const manifest = { name: 'Masses', id: 'm', version: '4.5.6', licence: 'CC BY 3.0' };

const facts = (services: object) => {
  render(
    <ServicesProvider services={services as Services}>
      <AboutBox onClose={() => undefined} />
    </ServicesProvider>,
  );
  return screen.getByTestId('about').textContent;
};

it('names version, build, pack with its hash and licence, and where the other licences are', () => {
  const text = facts({ build, manifest, packSha256: 'd'.repeat(64) });
  for (const fact of ['1.2.3', 'abc123', 'Masses (m 4.5.6)', 'd'.repeat(64), 'CC BY 3.0'])
    expect(text).toContain(fact);
  const link = screen.getByRole('link', { name: 'Licences of what is built in' });
  expect(link.getAttribute('href')).toBe('./THIRD-PARTY.txt');
});

it('names what it is without a pack', () => {
  expect(facts({ build })).toContain('1.2.3');
});
