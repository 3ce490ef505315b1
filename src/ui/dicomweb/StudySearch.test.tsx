// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { testContext } from '../../commands/testing/test-context.ts';
import { message } from '../../core/message/message.ts';
import { ok } from '../../core/message/result.ts';
import type { FoundStudy, ServerSession, StudyQuery } from '../../ports/server.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { StudySearch } from './StudySearch.tsx';

afterEach(cleanup);

const plate: FoundStudy = {
  studyInstanceUid: '1.2',
  patientId: 'P1',
  issuerOfPatientId: '',
  patientName: 'Doe^Jane',
  birthDate: '',
  accessionNumber: '',
  date: '20260101',
  time: '',
  description: 'mammography on plates',
  modalities: ['CR', 'SR'],
  instanceCount: 4,
};

/** The search form on a server that holds a study of CR alone. */
const setUp = () => {
  const asked: StudyQuery[] = [];
  const session: ServerSession = {
    name: 'PACS',
    warning: undefined,
    search: async (query) => {
      asked.push(query);
      const studies = ['CR', ''].includes(query.modality ?? 'MG') ? [plate] : [];
      return ok({ studies, nextOffset: undefined, unreadable: 0 });
    },
    open: async () => ok([message('launch.unknown')]),
    storeReport: async () => ok([]),
  };
  const context = testContext();
  render(
    <ServicesProvider services={context as unknown as Services}>
      <StudySearch session={session} onComing={() => undefined} />
    </ServicesProvider>,
  );
  const search = (modality?: string) => {
    if (modality !== undefined)
      fireEvent.change(screen.getByLabelText('Modality'), { target: { value: modality } });
    fireEvent.click(screen.getByRole('button', { name: 'Search' }));
  };
  return { asked, search, notices: context.notices };
};

it('lists mammography, and what comes under another modality where that is asked for', async () => {
  const { asked, search } = setUp();
  search();
  await screen.findByText('No mammography study matches.');
  search('CR');
  expect(await screen.findByText('CR SR')).toBeTruthy();
  search('DX');
  await screen.findByText('No study matches.');
  search('');
  expect(await screen.findByText('mammography on plates')).toBeTruthy();
  expect(asked.map(({ modality }) => modality)).toEqual(['MG', 'CR', 'DX', '']);
});

it('says of a study what of it did not come as long as that study is open', async () => {
  const { search, notices } = setUp();
  search('CR');
  fireEvent.click(await screen.findByRole('button', { name: /^Open the study of/ }));
  await vi.waitFor(() =>
    expect(notices.getState().notices).toMatchObject([{ topic: 'server', about: ['1.2'] }]),
  );
});
