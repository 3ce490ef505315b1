// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { patientKeyIn } from '../../core/dicom/grouping.ts';
import { message } from '../../core/message/message.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { StudyBrowser } from './StudyBrowser.tsx';

vi.mock('../dicomweb/ServerDialog.tsx', () => ({ ServerButton: () => null }));
vi.mock('../local-data/PageSettings.tsx', () => ({ PageSettings: () => null }));
vi.mock('./ImageEntry.tsx', () => ({ ImageEntry: () => null }));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const open = () => {
  const context = testContext();
  openHeaders(context, [
    { sopInstanceUid: '1', personName: 'A^A', patientName: 'A, A' },
    { sopInstanceUid: '2', patientId: 'P2', studyInstanceUid: '1.8', patientName: 'B, B' },
  ]);
  const services = { ...context, notices: createStore(() => ({})) } as unknown as Services;
  render(
    <ServicesProvider services={services}>
      <StudyBrowser />
    </ServicesProvider>,
  );
  return context.studies.getState;
};

it('brings the patient who comes to be shown into sight', () => {
  const studies = open();
  const column = screen.getByRole('navigation');
  const at = (top: number, height: number) => ({ top, bottom: top + height }) as DOMRect;
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    if (this === column) return at(50, 600);
    return this.textContent?.includes('B, B') ? at(900, 30) : at(60, 30);
  });
  expect(column.scrollTop).toBe(0);
  act(() => studies().showPatient(patientKeyIn(studies().images, '2') ?? ''));
  expect(column.scrollTop).toBe(850);
});

it('says above the patients which files were not opened', () => {
  const studies = open();
  act(() => studies().addProblem({ path: 'a', reason: message('disc.missing') }));
  const [problems, patients] = [screen.getByTestId('problems'), screen.getByText('A, A')];
  expect(problems.compareDocumentPosition(patients)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
