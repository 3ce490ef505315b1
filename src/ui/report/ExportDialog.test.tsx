// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Lesion } from '../../core/lesion/lesion.ts';
import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import '../testing/dialogs.ts';
import { ExportDialog } from './ExportDialog.tsx';

const OFFERS = {
  csv: { name: 'CSV', what: message('export.what.csv') },
  'key-images': {
    name: message('export.name.key-images'),
    what: message('export.what.key-images'),
    store: message('export.store.key-images'),
  },
};

const show = ({
  lesions = [],
  saved = ok(['a.csv']),
}: {
  lesions?: readonly Lesion[];
  saved?: Result<readonly string[], Message>;
} = {}) => {
  const save = vi.fn(() => Promise.resolve(saved));
  const notices = createNoticesStore();
  const storeReport = vi.fn(() => Promise.resolve([]));
  const session = { name: 'pacs', storeReport };
  const services = {
    exports: { offers: OFFERS, save },
    notices,
    studies: createStudiesStore(),
    serverSession: createStore(() => ({ session })),
  };
  render(
    <ServicesProvider services={services as unknown as Services}>
      <ExportDialog patientKey="p" lesions={lesions} onClose={() => {}} />
    </ServicesProvider>,
  );
  return { save, storeReport, notices };
};
afterEach(cleanup);

it('lists each form that the app offers, and saves the one asked for', async () => {
  const { save } = show();
  expect(screen.getByText('A table for spreadsheets: one line a lesion and view.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'DICOM key images' }));
  await waitFor(() => screen.getByText('Saved a.csv.'));
  expect(save).toHaveBeenCalledExactlyOnceWith('p', 'key-images');
});

it('offers to store on the server those that an archive takes, and no other', async () => {
  const { storeReport } = show();
  const stored = screen.getAllByRole('button', { name: /^Store/ });
  expect(stored.map(({ textContent }) => textContent)).toEqual([
    'Store the key images on the server',
  ]);
  fireEvent.click(stored[0] as HTMLElement);
  await waitFor(() => expect(storeReport).toHaveBeenCalled());
  expect(storeReport).toHaveBeenCalledWith('p', 'key-images', expect.anything());
});

it('says of which lesions an assessment was not recorded, and is in no file', () => {
  const lesion = { id: '1', patientKey: 'p', number: 1, marks: {} };
  show({ lesions: [lesion] });
  expect(screen.queryByTestId('unrecorded')).toBeNull();
  cleanup();
  show({ lesions: [lesion, { ...lesion, number: 2, draft: { biRads: '4C' } }] });
  expect(screen.getByTestId('unrecorded').textContent).toMatch(/lesion 2\.$/);
});

it('says a failure in the dialog, and beside the pictures only where that was closed', async () => {
  const { notices } = show({ saved: err(message('export.no-key-image')) });
  const press = () => fireEvent.click(screen.getByRole('button', { name: 'CSV' }));
  press();
  await waitFor(() => screen.getByRole('alert'));
  expect(notices.getState().notices).toEqual([]);
  press();
  cleanup();
  await waitFor(() => expect(notices.getState().notices).toHaveLength(1));
});
