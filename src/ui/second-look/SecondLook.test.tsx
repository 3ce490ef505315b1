// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { offerCommands } from '../../commands/registry.ts';
import { bound, isEnabled } from '../../commands/command.ts';
import { SECOND_LOOK_COMMANDS } from '../../commands/second-look-commands.ts';
import { openHeaders, run, testContext } from '../../commands/testing/test-context.ts';
import { message } from '../../core/message/message.ts';
import { fetchLanguage } from '../../i18n/languages.ts';
import { speak } from '../../i18n/phrases/text.ts';
import type { ViewportHandle } from '../../ports/display.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { examOnShow } from '../../state/open-exams.ts';
import { madeLook, testSecondLook } from '../../state/testing/test-second-look.ts';
import { inWords } from '../commands/words.ts';
import '../testing/dialogs.ts';
import { type Services, ServicesProvider } from '../services.tsx';
import { DismissDialog } from './DismissDialog.tsx';
import { FindingMarks } from './FindingMarks.tsx';
import { SecondLook } from './SecondLook.tsx';

const opened = () => {
  const bare = testContext();
  openHeaders(bare, [
    { sopInstanceUid: 'rcc', side: 'R', view: 'CC' },
    { sopInstanceUid: 'rmlo', side: 'R', view: 'MLO' },
    { sopInstanceUid: 'lcc', side: 'L', view: 'CC' },
  ]);
  const images = () => bare.studies.getState().images;
  const { store, feed } = testSecondLook({ lesions: bare.lesions, images });
  const exam = examOnShow(bare.studies.getState())?.key ?? '';
  const [rcc, rmlo, lcc] = images();
  if (!rcc || !rmlo || !lcc) throw new Error('three images are open');
  const { columns, rows, digest } = lcc;
  const notLooked = {
    sopInstanceUid: 'lcc',
    pixels: { columns, rows, digest },
    status: 'not looked',
    reason: message('scope.magnification'),
    notes: [],
  } as const;
  feed.show({ [exam]: { phase: { name: 'ready' }, views: [notLooked] } });
  feed.found(exam, () => ({
    ...madeLook([
      [0.9, [rcc, 20, 20], [rmlo, 20, 20]],
      [0.5, [rcc, 44, 44]],
      [0.2, [rmlo, 44, 44]],
    ]),
    breasts: [{ side: 'R', likelihood: 0.34 }],
  }));
  const context = { ...bare, secondLook: store };
  const services = { ...context, nipples: createNipplesStore() } as unknown as Services;
  return { context, services, exam, feed };
};

let made: ReturnType<typeof opened>;
let stop: () => void;
beforeEach(() => {
  made = opened();
  stop = offerCommands(() =>
    SECOND_LOOK_COMMANDS.filter((entry) => isEnabled(entry, made.context)).map((entry) =>
      bound(entry, made.context, inWords),
    ),
  );
});
afterEach(() => {
  cleanup();
  stop();
  speak('en');
});

const show = () =>
  render(
    <ServicesProvider services={made.services}>
      <SecondLook />
      <DismissDialog />
    </ServicesProvider>,
  );
const saidDone = () => {
  const shown = show();
  fireEvent.click(screen.getByTestId('look-done'));
  return shown;
};
const line = (rank: number) => within(screen.getByTestId(`finding-${rank}`));
const choose = (rank: number) => fireEvent.click(line(rank).getAllByRole('button')[0] as Element);

describe('the second look in the lesion panel', () => {
  it('is a button and nothing else before the reader’s word', () => {
    const { container } = show();
    expect(container.textContent).toBe('My look is done');
    expect(container.querySelectorAll('button')).toHaveLength(1);
    const attributes = [...container.querySelectorAll('*')].flatMap((element) =>
      element.getAttributeNames().map((name) => element.getAttribute(name)),
    );
    expect(attributes.join(' ')).not.toMatch(/finding|mass/i);
  });

  it('lists what the operating point shows, with views, what it is and what is not looked for', () => {
    saidDone();
    expect(screen.getAllByTestId(/^finding-/)).toHaveLength(2);
    expect(screen.getByTestId('finding-1').textContent).toContain('RCC + RMLO');
    expect(screen.getByTestId('finding-2').textContent).toContain('RCC only');
    expect(line(1).getByText('strong')).toBeTruthy();
    expect(line(2).getByText('medium')).toBeTruthy();
    const said = screen.getByTestId('second-look').textContent;
    expect(said).toContain('Masses only: calcifications');
    expect(said).toContain('LCC was not looked at: ');
    expect(said).toContain('R 34 %');
    expect(said).toContain('it never calls a breast normal');
    fireEvent.change(screen.getByTestId('false-marks'), { target: { value: '1' } });
    expect(screen.getAllByTestId(/^finding-/)).toHaveLength(3);
  });

  it('offers the word again for a view that opened after it, and names the view', () => {
    saidDone();
    expect(screen.queryByTestId('look-done')).toBeNull();
    const { context, exam, feed } = made;
    act(() => openHeaders(context, [{ sopInstanceUid: 'lmlo', side: 'L', view: 'MLO' }]));
    const late = context.studies.getState().images.at(-1);
    if (!late) throw new Error('it is open');
    const { columns, rows, digest } = late;
    const pixels = { columns, rows, digest };
    const view = { sopInstanceUid: 'lmlo', pixels, status: 'looked', notes: [] } as const;
    act(() => feed.show({ [exam]: { phase: { name: 'ready' }, views: [view] } }));
    const said = screen.getByTestId('second-look').textContent;
    expect(said).toContain('LMLO: opened after "My look is done"');
    fireEvent.click(screen.getByTestId('look-done'));
    expect(screen.queryByTestId('look-done')).toBeNull();
    expect(screen.getByTestId('second-look').textContent).not.toContain('LMLO');
  });

  it('says what the number of a finding is, and takes the answers', () => {
    saidDone();
    expect(screen.queryByRole('button', { name: 'Accept' })).toBeNull();
    choose(1);
    expect(screen.getByTestId('finding-1').textContent).toContain(
      "90 % probability of a mass, as among the archive's films",
    );
    fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
    expect(screen.getByTestId('finding-1').textContent).toContain('accepted: lesion 1');
    choose(2);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss ...' }));
    const dialog = screen.getByRole('dialog', { hidden: true });
    fireEvent.keyDown(within(dialog).getByText(/vessel/), { key: '3' });
    expect(screen.getByTestId('finding-2').textContent).toContain('dismissed: vessel');
    fireEvent.click(screen.getByRole('button', { name: 'Take the dismissal back' }));
    expect(screen.getByTestId('finding-2').textContent).not.toContain('dismissed');
  });

  it('calls nothing new that the reader has marked', () => {
    const box = { x: 2, y: 2, width: 34, height: 34 };
    const { patientKey } = made.context.studies.getState();
    made.context.lesions.getState().createMarked(patientKey ?? '', 'rcc', box, undefined);
    saidDone();
    expect(screen.getByTestId('finding-1').textContent).toContain('agrees with your lesion 1');
    choose(1);
    fireEvent.click(screen.getByRole('button', { name: 'Add to lesion 1' }));
    const { lesions } = made.context.lesions.getState();
    expect(lesions.map(({ marks }) => Object.keys(marks))).toEqual([['rcc', 'rmlo']]);
    expect(lesions[0]?.marks['rcc']).toEqual(box);
  });

  it('draws a ring where the reader has no box, and one on the box only when it is looked at', () => {
    const rings = (sop: string) => {
      const state = { sop };
      const view = {
        state: () => state,
        onChange: () => () => undefined,
        imageToCanvas: (p: unknown) => p,
        size: () => ({ width: 500, height: 500 }),
      } as unknown as ViewportHandle;
      const { container, unmount } = render(
        <ServicesProvider services={made.services}>
          <FindingMarks {...{ view, sop }} />
        </ServicesProvider>,
      );
      const numbers = [...container.querySelectorAll('[data-finding]')];
      const found = numbers.map((mark) => mark.getAttribute('data-finding'));
      unmount();
      return found;
    };
    const box = { x: 2, y: 2, width: 34, height: 34 };
    const { patientKey } = made.context.studies.getState();
    made.context.lesions.getState().createMarked(patientKey ?? '', 'rcc', box, undefined);
    expect(rings('rmlo')).toEqual([]);
    saidDone();
    expect([rings('rcc'), rings('rmlo')]).toEqual([['2'], ['1']]);
    choose(1);
    expect([rings('rcc'), rings('rmlo')]).toEqual([['1', '2'], ['1']]);
    fireEvent.click(screen.getByRole('button', { name: 'Add to lesion 1' }));
    act(() => made.context.viewer.setState({ finding: undefined }));
    expect([rings('rcc'), rings('rmlo')]).toEqual([['2'], []]);
  });

  it('does not call a breast normal where it marks nothing', () => {
    act(() => made.feed.found(made.exam, () => madeLook([])));
    saidDone();
    expect(screen.getByTestId('second-look').textContent).toContain(
      'No mark at this operating point. This does not call a breast normal.',
    );
  });

  it('speaks the reader’s language', async () => {
    await fetchLanguage('zh-CN');
    speak('zh-CN');
    saidDone();
    act(() => run(made.context, 'second-look.next'));
    expect(screen.getByTestId('second-look').textContent).not.toMatch(/mass|finding|Accept|only/);
  });

  it('is gone, button and all, where the finder is turned off', () => {
    act(() => made.feed.show({}));
    expect(show().container.textContent).toBe('');
  });
});
