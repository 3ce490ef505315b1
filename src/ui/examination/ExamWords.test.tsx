// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { createExamReadingsStore } from '../../state/exam-readings-store.ts';
import { ServicesProvider, type Services } from '../services.tsx';
import { ExamWords } from './ExamWords.tsx';

afterEach(cleanup);

const open = (headers: Parameters<typeof openHeaders>[1]) => {
  const context = testContext();
  openHeaders(context, headers);
  const examReadings = createExamReadingsStore();
  const services = { ...context, examReadings } as unknown as Services;
  render(
    <ServicesProvider services={services}>
      <ExamWords />
    </ServicesProvider>,
  );
  return { ...context, examReadings };
};

const now = { studyInstanceUid: '1', studyDate: '20240102' };
const prior = { studyInstanceUid: '2', studyDate: '20200102' };
const conclude = (text: string) => {
  const field = screen.getByLabelText('Conclusion');
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
};

it('speaks of the exam on show, and names its date', () => {
  const { studies, examReadings } = open([now, prior]);
  expect(screen.getByText(/2024-01-02/)).toBeTruthy();
  const { patientKey = '', showStudy } = studies.getState();
  act(() => showStudy(patientKey, '2'));
  expect(screen.getByText(/2020-01-02/)).toBeTruthy();
  conclude('of the prior');
  expect(Object.keys(examReadings.getState().readings)).toEqual(['2']);
});

it('writes on where the words of the day stand, whichever of its studies was opened first', () => {
  const { examReadings } = open([{ ...now, studyInstanceUid: '7' }, now]);
  act(() => examReadings.getState().say('7', { density: 'c' }));
  conclude('more');
  expect(Object.keys(examReadings.getState().readings)).toEqual(['7']);
});
