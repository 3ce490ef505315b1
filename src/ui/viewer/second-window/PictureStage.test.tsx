// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import { message } from '../../../core/message/message.ts';
import { useCommandKeys, useCommandTable } from '../../commands/use-commands.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { observeSize, pictureWindow } from './picture-window.ts';
import { PictureStage } from './PictureStage.tsx';

vi.mock('../layout/ViewerArea.tsx', () => ({
  ViewerArea: () => {
    const [born] = useState(() => performance.now());
    const [presses, press] = useState(0);
    return (
      <button type="button" onClick={() => press((n) => n + 1)}>
        views {born} {presses}
      </button>
    );
  },
}));

const Page = () => {
  useCommandKeys();
  useCommandTable();
  return <PictureStage />;
};

/** A frame stands for the second window: it has a document and a window of its own as well. */
let second: Window & typeof globalThis;
let context: ReturnType<typeof testContext>;
let notices: typeof context.notices;
let opened: ReturnType<typeof vi.fn<typeof window.open>>;
beforeEach(() => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  second = frame.contentWindow as typeof second;
  second.close = vi.fn<() => void>();
  opened = vi.fn<typeof window.open>(() => second);
  vi.stubGlobal('open', opened);
  context = testContext();
  ({ notices } = context);
  openHeaders(context, [{ side: 'R', patientName: 'Doe, Jane' }]);
  render(
    <ServicesProvider services={context as unknown as Services}>
      <Page />
    </ServicesProvider>,
  );
});
afterEach(() => {
  cleanup();
  document.body.replaceChildren();
  document.head.replaceChildren();
  vi.unstubAllGlobals();
});

const popOut = () => fireEvent.keyDown(document.body, { key: 'F8', code: 'F8' });
const there = () => within(second.document.body);
const isAway = () => context.viewer.getState().secondWindow;

it('moves the views as they are into a second window, where they answer, and back', () => {
  const views = screen.getByRole('button');
  popOut();
  expect(there().getByRole('button')).toBe(views);
  expect(pictureWindow()).toBe(second);
  expect(screen.getByTestId('pictures-away')).toBeTruthy();
  fireEvent.click(views);
  expect(views.textContent).toMatch(/ 1$/);
  fireEvent.click(screen.getByRole('button', { name: 'Bring them back' }));
  expect(screen.getByRole('button')).toBe(views);
  expect(views.textContent).toMatch(/ 1$/);
  expect(pictureWindow()).toBe(window);
  expect(second.close).toHaveBeenCalled();
  expect(screen.queryByTestId('pictures-away')).toBeNull();
});

it('is brought back by whoever closes the window, and closed with the page', () => {
  popOut();
  act(() => void second.dispatchEvent(new Event('pagehide')));
  expect(isAway()).toBe(false);
  expect(screen.getByRole('button', { name: /^views/ })).toBeTruthy();
  popOut();
  vi.mocked(second.close).mockClear();
  window.dispatchEvent(new Event('pagehide'));
  expect(second.close).toHaveBeenCalledOnce();
});

it('says so where the browser forbids it', () => {
  opened.mockReturnValueOnce(null);
  popOut();
  expect(isAway()).toBe(false);
  expect(notices.getState().notices.map(({ text }) => text)).toEqual([
    message('viewer.second-window-blocked'),
  ]);
  popOut();
  expect(isAway()).toBe(true);
  expect(notices.getState().notices).toEqual([]);
});

it('says there too what the page has to say', () => {
  popOut();
  act(() => notices.getState().tell('kept', 'RCC is kept'));
  expect(there().getByText(/RCC is kept/)).toBeTruthy();
});

it('runs commands by the keys of the second window, and those of inputs there stay theirs', () => {
  popOut();
  const { tool } = context.viewer.getState();
  const input = second.document.body.appendChild(second.document.createElement('input'));
  fireEvent.keyDown(input, { key: 'p', code: 'KeyP' });
  expect(context.viewer.getState().tool).toBe(tool);
  fireEvent.keyDown(second.document.body, { key: 'p', code: 'KeyP' });
  expect(context.viewer.getState().tool).toBe('pan');
  fireEvent.keyDown(second.document.body, { key: 'F8', code: 'F8' });
  expect(isAway()).toBe(false);
  // No longer: it is not the page's any more.
  fireEvent.keyDown(second.document.body, { key: 'w', code: 'KeyW' });
  expect(context.viewer.getState().tool).toBe('pan');
});

it('takes styles and language along, those that come later too, and says whose pictures they are', async () => {
  document.head.append(document.createElement('style'), document.createElement('meta'));
  document.documentElement.lang = 'zh-CN';
  popOut();
  expect([...second.document.head.children].map(({ tagName }) => tagName)).toEqual([
    'TITLE',
    'STYLE',
  ]);
  expect(second.document.documentElement.lang).toBe('zh-CN');
  document.head.append(document.createElement('style'));
  document.documentElement.lang = 'en';
  await vi.waitFor(() => expect(second.document.querySelectorAll('style')).toHaveLength(2));
  expect(second.document.documentElement.lang).toBe('en');
  expect(there().getByTestId('second-window-head').textContent).toContain('Doe, Jane');
  act(() => context.settings.getState().hideNames(true));
  expect(there().getByTestId('second-window-head').textContent).not.toContain('Doe');
});

it('measures by the pixels of the screen that the pictures are on', () => {
  const own = window.devicePixelRatio;
  Object.defineProperty(second, 'devicePixelRatio', { value: 2.5 });
  popOut();
  expect(window.devicePixelRatio).toBe(2.5);
  popOut();
  expect(window.devicePixelRatio).toBe(own);
});

it('follows the size of an element from window to window, and drags by the page’s document', () => {
  const observing = (on: typeof second) => {
    const seen = { observe: vi.fn(), disconnect: vi.fn() };
    on.ResizeObserver = vi.fn(function observer() {
      return seen;
    }) as unknown as typeof ResizeObserver;
    return seen;
  };
  const [here, away] = [observing(window), observing(second)];
  const stop = observeSize(document.body, () => undefined);
  popOut();
  expect(here.disconnect).toHaveBeenCalled();
  expect(away.observe).toHaveBeenCalledWith(document.body);
  stop();
  expect(away.disconnect).toHaveBeenCalled();

  const moves: number[] = [];
  document.addEventListener('mousemove', ({ clientX }) => moves.push(clientX));
  fireEvent.mouseMove(there().getByRole('button'), { clientX: 17 });
  expect(moves).toEqual([17]);
});

it('is told of a screen with finer pixels, on which the window keeps its size', () => {
  const changes: (() => void)[] = [];
  const matchMedia = vi.fn((media: string) => ({
    media,
    addEventListener: (_: string, listener: () => void) => void changes.push(listener),
    removeEventListener: () => void changes.splice(0),
  }));
  vi.stubGlobal('matchMedia', matchMedia);
  const observe = vi.fn<(element: Element) => void>();
  vi.stubGlobal(
    'ResizeObserver',
    vi.fn(function observer() {
      return { observe, disconnect: () => undefined };
    }),
  );
  const stop = observeSize(document.body, () => undefined);
  expect(matchMedia).toHaveBeenLastCalledWith('(resolution: 1dppx)');
  vi.stubGlobal('devicePixelRatio', 1.5);
  changes[0]?.();
  expect(observe).toHaveBeenCalledTimes(2);
  expect(matchMedia).toHaveBeenLastCalledWith('(resolution: 1.5dppx)');
  stop();
  expect(changes).toEqual([]);
});

it('fills another screen where the browser knows of one', async () => {
  const screens = [
    { availLeft: 0, availTop: 0, availWidth: 1920, availHeight: 1080 },
    { availLeft: 1920, availTop: 0, availWidth: 2048, availHeight: 2560 },
  ];
  vi.stubGlobal('screen', { isExtended: true });
  vi.stubGlobal('getScreenDetails', async () => ({ screens, currentScreen: screens[0] }));
  // A window stands elsewhere only some time after it was told to.
  const stand = (left: number) =>
    Object.defineProperties(second, {
      screenX: { value: left, configurable: true },
      screenY: { value: 0, configurable: true },
    });
  stand(100);
  second.moveTo = vi.fn<typeof window.moveTo>((left) => setTimeout(() => stand(left), 60));
  const resizedAt: number[] = [];
  second.resizeTo = vi.fn<typeof window.resizeTo>(() => resizedAt.push(second.screenX));
  popOut();
  await vi.waitFor(() => expect(second.resizeTo).toHaveBeenCalledWith(2048, 2560));
  expect(second.moveTo).toHaveBeenCalledWith(1920, 0);
  expect(resizedAt).toEqual([1920]);
});
