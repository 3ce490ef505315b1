// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testContext } from '../../commands/testing/test-context.ts';
import { jndOfLuminance, luminanceOfJnd } from '../../core/display/check/gsdf.ts';
import { MEASURED_LEVELS } from '../../core/display/check/luminance-response.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { DisplayCheckScreen } from './DisplayCheckScreen.tsx';

vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
);

const [DARK, BRIGHT] = [1.5, 500].map(jndOfLuminance) as [number, number];
const calibrated = MEASURED_LEVELS.map((level) =>
  luminanceOfJnd(DARK + ((BRIGHT - DARK) * level) / 255).toFixed(3),
);

let context: ReturnType<typeof testContext>;
const onClose = vi.fn();
beforeEach(() => {
  context = testContext();
  onClose.mockClear();
  const services = { ...context, build: { version: '1.2.3' } } as unknown as Services;
  render(
    <ServicesProvider services={services}>
      <DisplayCheckScreen onClose={onClose} />
    </ServicesProvider>,
  );
});
afterEach(cleanup);

const kept = () => context.settings.getState().displayChecks;
const verdict = () => screen.getByTestId('check-verdict').textContent;
const find = (id: string, finding: string) =>
  fireEvent.click(
    within(screen.getByTestId(`pattern-${id}`)).getByRole('button', { name: finding }),
  );
const paste = (text: string) =>
  fireEvent.paste(screen.getByRole('textbox', { name: 'Luminance at level 0, cd/m²' }), {
    clipboardData: { getData: () => text },
  });
const press = (key: string) => fireEvent.keyDown(window, { key });

it('judges a column of luminances against the standard', () => {
  paste(calibrated.join('\n'));
  const found = () => screen.getByTestId('luminance-response').textContent;
  expect(found()).toContain('334');
  expect(found()).not.toContain('out of limits');
  expect(verdict()).toBe('Result: passed (1 of 9 parts checked)');
  paste(calibrated.with(9, String(Number(calibrated[9]) * 1.08)).join('\t'));
  expect(found()).toContain('from level 135 to 150');
  expect(verdict()).toBe('Result: failed (1 of 9 parts checked)');
  paste(calibrated.with(5, '0,1').join(' '));
  expect(screen.getByRole('status').textContent).toBe(
    'Each level must be brighter than the one before it.',
  );
});

it('keeps a result with its date, opens it again and forgets it', () => {
  const keep = screen.getByRole('button', { name: 'Keep the result' });
  expect((keep as HTMLButtonElement).disabled).toBe(true);
  find('qc', 'Good');
  find('contrast', 'Not good');
  fireEvent.change(screen.getByLabelText('Display, as on its label'), {
    target: { value: 'left, 4711' },
  });
  fireEvent.click(keep);
  expect(kept()).toMatchObject([
    { display: 'left, 4711', seen: { qc: 'good', contrast: 'bad' }, luminances: [] },
  ]);
  expect(kept()[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
  find('contrast', 'Good');
  expect(verdict()).toContain('passed');
  fireEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(verdict()).toBe('Result: failed (2 of 9 parts checked)');
  fireEvent.click(screen.getByRole('button', { name: 'Delete check' }));
  expect(kept()).toEqual([]);
});

it('steps through the patterns by key, and Escape goes back one step at a time', () => {
  fireEvent.click(screen.getByRole('button', { name: 'All at a glance' }));
  const bar = () => document.querySelector('.pattern-bar')?.getAttribute('aria-label');
  expect(bar()).toBe('All at a glance');
  press('ArrowRight');
  expect(bar()).toBe('5 % in black, 95 % in white');
  press('Escape');
  expect(bar()).toBeUndefined();
  fireEvent.click(screen.getByRole('button', { name: '255' }));
  press('ArrowRight');
  expect(bar()).toBe('Grey level 0');
  press('Escape');
  expect(onClose).not.toHaveBeenCalled();
  press('Escape');
  expect(onClose).toHaveBeenCalledOnce();
});
