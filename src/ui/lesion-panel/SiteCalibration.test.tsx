// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { createSettingsStore } from '../../state/settings-store.ts';
import { NO_SETTINGS } from '../../state/testing/no-settings.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { SiteCalibration } from './SiteCalibration.tsx';
import { sampleSite } from '../../core/classifier/testing/sample-site.ts';

const SHA = 'a'.repeat(64);
const file = sampleSite(SHA);

const show = (packSha256 = SHA) => {
  const settings = createSettingsStore({
    load: () => ({ ...NO_SETTINGS, language: 'en' }),
    save: () => undefined,
  });
  render(
    <ServicesProvider services={{ settings, packSha256 } as unknown as Services}>
      <SiteCalibration />
    </ServicesProvider>,
  );
  return settings;
};
const give = (text: string) =>
  fireEvent.change(screen.getByTestId('site-calibration-input'), {
    target: { files: [new File([text], 'site-calibration.json')] },
  });

afterEach(cleanup);

it('takes one of the pack in use, says what it is of, and lets it go', async () => {
  const settings = show();
  give(JSON.stringify(file));
  expect((await screen.findByTestId('site-calibration')).textContent).toContain(
    'North clinic, 400 lesions, 30 % malignant',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }));
  expect(settings.getState().siteCalibration).toBeUndefined();
  expect(screen.queryByTestId('site-calibration')).toBeNull();
});

it('refuses one of another pack or of too few lesions, and keeps what was there', async () => {
  const settings = show();
  give(JSON.stringify(file));
  await screen.findByTestId('site-calibration');
  give(JSON.stringify({ ...file, pack: { ...file.pack, sha256: 'b'.repeat(64) } }));
  expect((await screen.findByRole('alert')).textContent).toContain('not of the pack in use');
  give(JSON.stringify({ ...file, benign: 60 }));
  await expect.poll(() => screen.getByRole('alert').textContent).toContain('benign');
  expect(settings.getState().siteCalibration?.benign).toBe(280);
});

it('says that it is not applied where another pack is in use', () => {
  const settings = show('b'.repeat(64));
  settings.getState().calibrateForSite(file);
  return expect
    .poll(() => screen.queryByTestId('site-calibration')?.textContent)
    .toContain('Not applied');
});
