// @vitest-environment jsdom
import { cleanup, fireEvent, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { screenKey } from '../../../core/display/measure/screen-scale.ts';
import { testContext } from '../../../commands/testing/test-context.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { useScreen } from './use-screen.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const keyOn = (width: number, height: number) => {
  vi.stubGlobal('screen', { width, height });
  return screenKey({ devicePixelRatio: window.devicePixelRatio, width, height });
};

it.each([
  ['the pointer comes back into the window', () => fireEvent.pointerOver(document.body)],
  ['the window is taken up again', () => fireEvent.focus(window)],
])('knows a screen of as fine pixels that the window was dragged to when %s', (_, comeBack) => {
  const services = testContext() as unknown as Services;
  const first = keyOn(2560, 1440);
  const { result } = renderHook(useScreen, {
    wrapper: (props) => <ServicesProvider {...props} services={services} />,
  });
  expect(result.current.key).toBe(first);
  const second = keyOn(1920, 1200);
  comeBack();
  expect(result.current.key).toBe(second);
});
