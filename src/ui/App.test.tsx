// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { openHeaders, testContext } from '../commands/testing/test-context.ts';
import { message } from '../core/message/message.ts';
import { fetchLanguage, languageOf } from '../i18n/languages.ts';
import { speak } from '../i18n/phrases/text.ts';
import type { EngineStatus } from '../ports/inference.ts';
import { createExamReadingsStore } from '../state/exam-readings-store.ts';
import { createTakeOverStore } from '../state/take-over-store.ts';
import { createTourStore } from '../state/tour-store.ts';
import { App } from './App.tsx';
import { fetchLateParts } from './late.tsx';
import { type Services, ServicesProvider } from './services.tsx';
import './testing/dialogs.ts';

vi.mock('./viewer/layout/ViewerArea.tsx', () => ({
  ViewerArea: () => {
    const [born] = useState(() => performance.now());
    return <p data-testid="views">{born}</p>;
  },
}));
vi.mock('./study-browser/StudyBrowser.tsx', () => ({ StudyBrowser: () => <p>patients</p> }));
vi.mock('./lesion-panel/LesionPanel.tsx', () => ({ LesionPanel: () => null }));

const scoring = createStore<{ engine: EngineStatus }>(() => ({ engine: { phase: 'idle' } }));
let context: ReturnType<typeof testContext>;
beforeAll(async () => {
  await Promise.all([fetchLanguage('zh-CN'), fetchLateParts()]);
});
beforeEach(() => {
  context = testContext();
  context.settings.subscribe((s) => speak(languageOf([s.language])));
  const services = {
    ...context,
    takeOvers: createTakeOverStore(),
    examReadings: createExamReadingsStore(),
    tour: createTourStore(),
    thumbnailOf: () => undefined,
    scoring,
    build: { version: '1.2.3', build: 'abcdef', packs: {}, licences: 'third-party-licences.txt' },
    manifest: { name: 'Tandem', id: 'm', version: '4', licence: 'CC' },
    packSha256: '0123',
  } as unknown as Services;
  openHeaders(context, [{ side: 'R' }, { side: 'L' }]);
  render(
    <ServicesProvider services={services}>
      <App />
    </ServicesProvider>,
  );
});
afterEach(() => {
  cleanup();
  speak('en');
});

const isPressed = (name: string) =>
  screen.getByRole('button', { name }).getAttribute('aria-pressed') === 'true';

it('says everything in another language and keeps views, layout and tool as they are', () => {
  const born = screen.getByTestId('views').textContent;
  fireEvent.click(screen.getByRole('button', { name: 'Pan' }));
  fireEvent.keyDown(window, { key: '6' });
  act(() => context.settings.getState().chooseLanguage('zh-CN'));
  expect(screen.getByTestId('views').textContent).toBe(born);
  expect(isPressed('平移')).toBe(true);
  expect(isPressed('双侧头尾位（CC）')).toBe(true);
  expect(context.viewer.getState()).toMatchObject({ tool: 'pan', mode: 'cc' });
});

it('puts the patients aside for a rail of their images, by key and by button', () => {
  const folded = () => screen.queryByRole('navigation', { name: 'Images on show' }) !== null;
  expect(folded()).toBe(false);
  fireEvent.keyDown(window, { key: 'y' });
  expect(folded()).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Patients and studies beside the pictures' }));
  expect(folded()).toBe(false);
});

it('says beside the rail that files could not be opened, and shows which', () => {
  fireEvent.keyDown(window, { key: 'y' });
  act(() =>
    context.studies.getState().addProblem({ path: 'a.txt', reason: message('part10.no-header') }),
  );
  fireEvent.click(screen.getByRole('button', { name: '1 note on files' }));
  expect(context.settings.getState().folded.patients).toBe(false);
});

it('lists in palette and key sheet what can be done now', () => {
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  const options = screen.getAllByRole('option').map((option) => option.textContent);
  expect(options.some((text) => text?.startsWith('Invert'))).toBe(false);
  expect(options.some((text) => text?.startsWith('CC pair'))).toBe(true);
  expect(options.some((text) => text?.startsWith('Start the guided tour'))).toBe(true);
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  fireEvent.keyDown(window, { key: '?' });
  expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
});

it('says that there are no scores though the panel that says it is folded', () => {
  const alarm = () => screen.queryByTestId('folded-alarm')?.textContent ?? '';
  const reason = message('engine.step.start');
  act(() => scoring.setState({ engine: { phase: 'failed', reason } }));
  expect(alarm()).toBe('');
  fireEvent.keyDown(window, { key: 'Y', shiftKey: true });
  expect(alarm()).toContain('Scoring is not available');
  fireEvent.click(screen.getByRole('button', { name: 'Show the lesions' }));
  expect(context.settings.getState().folded.lesions).toBe(false);
  expect(alarm()).toBe('');
  act(() => scoring.setState({ engine: { phase: 'idle' } }));
});

it('says what it is, exactly, for whoever reports or inventories it', () => {
  act(() => context.page.setState({ over: 'about' }));
  const said = screen.getByTestId('about').textContent;
  for (const fact of ['1.2.3', 'abcdef', 'Tandem (m 4)', '0123', 'Apache-2.0'])
    expect(said).toContain(fact);
  expect(screen.getByText('Licences of what is built in').getAttribute('href')).toBe(
    './third-party-licences.txt',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Close', hidden: true }));
  expect(screen.queryByTestId('about')).toBeNull();
});
