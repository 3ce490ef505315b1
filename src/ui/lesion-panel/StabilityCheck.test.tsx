// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { message } from '../../core/message/message.ts';
import { createSettingsStore } from '../../state/settings-store.ts';
import { NO_SETTINGS } from '../../state/testing/no-settings.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { StabilityCheck } from './StabilityCheck.tsx';

afterEach(cleanup);

it('can be asked for again where it failed', () => {
  const examineStability = vi.fn(async () => undefined);
  const lesion: Lesion = { id: 'a', patientKey: 'p', number: 1, marks: {} };
  const services = {
    scoring: createStore(() => ({ examineStability })),
    settings: createSettingsStore({ load: () => NO_SETTINGS, save: () => undefined }),
  } as unknown as Services;
  render(
    <ServicesProvider services={services}>
      <StabilityCheck
        lesion={lesion}
        stability={{ phase: 'failed', reason: message('image.closed') }}
      />
    </ServicesProvider>,
  );
  expect(screen.getByText(/^Stability could not be checked/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: /Check stability/ }));
  expect(examineStability).toHaveBeenCalledExactlyOnceWith(lesion);
});
