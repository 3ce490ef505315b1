// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { testHeader } from '../../core/dicom/test-header.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { fetchLanguage } from '../../i18n/languages.ts';
import { speak } from '../../i18n/phrases/text.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { Settings } from '../../ports/storage.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { createPageStore } from '../../state/page-store.ts';
import { createSettingsStore } from '../../state/settings-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { NO_SETTINGS } from '../../state/testing/no-settings.ts';
import '../testing/dialogs.ts';
import { SameLesion } from '../lesion-panel/SameLesion.tsx';
import { type Services, ServicesProvider, useLesions } from '../services.tsx';
import { LesionTable } from './LesionTable.tsx';

const NOW = { studyInstanceUid: '1.2', studyDate: '20260101' };
const THEN = { studyInstanceUid: '1.1', studyDate: '20240101' };

const image = (sop: string, exam: typeof NOW, side: 'L' | 'R' = 'R'): OpenImage => {
  const patientOrientation = side === 'R' ? (['P', 'L'] as const) : (['A', 'R'] as const);
  const header = testHeader({ sopInstanceUid: sop, side, view: 'CC', patientOrientation, ...exam });
  return {
    path: sop,
    header,
    asRead: header,
    rows: 800,
    columns: 600,
    digest: 'd',
    scopeNotes: [],
  };
};
const PIXELS = {
  rows: 800,
  columns: 600,
  pixelAspect: 1,
  spacing: { row: 0.1, column: 0.1 },
  spacingSource: 'ImagerPixelSpacing',
} as unknown as MammogramImage;

/** A lesion of 12 mm now; two of the same breast two years ago, one of them 5 mm nearer the nipple. */
const open = (settings: Partial<Settings> = {}) => {
  const studies = createStudiesStore();
  for (const one of [image('now', NOW), image('then', THEN), image('left', THEN, 'L')])
    studies.getState().add(one);
  let ids = 0;
  const lesions = createLesionsStore(() => `l${++ids}`);
  const { patientKey = '' } = studies.getState();
  const mark = (sop: string, x: number, side: number) =>
    lesions
      .getState()
      .createMarked(patientKey, sop, { x, y: 300, width: side, height: 40 }, undefined);
  mark('now', 240, 120);
  mark('then', 20, 60);
  mark('then', 220, 60);
  mark('left', 240, 60);
  const nipples = createNipplesStore();
  for (const sop of ['now', 'then', 'left']) nipples.getState().place(sop, { x: 0, y: 400 });
  const services = {
    ...{ studies, lesions, nipples, page: createPageStore(), imageOf: () => PIXELS },
    settings: createSettingsStore({
      load: () => ({ ...NO_SETTINGS, language: 'en', ...settings }),
      save: () => undefined,
    }),
  } as unknown as Services;
  return { services, lesions: lesions.getState, page: services.page };
};

const Same = () => {
  const lesion = useLesions((s) => s.lesions[0]);
  return lesion ? <SameLesion lesion={lesion} /> : null;
};
const within1 = () => within(screen.getByTestId('same-1'));

afterEach(() => {
  cleanup();
  speak('en');
});

describe('a lesion of an earlier exam', () => {
  const show = () => {
    const page = open();
    render(
      <ServicesProvider services={page.services}>
        <Same />
      </ServicesProvider>,
    );
    return page;
  };

  it('is proposed where it lies alike, and linked by the reader alone', () => {
    const { lesions } = show();
    const [none, ...offered] = within1().getAllByRole('option');
    expect(none?.textContent).toBe('none linked');
    // Of the same breast only.
    expect(offered.map(({ textContent }) => textContent?.split(' · ').slice(0, 2).join())).toEqual([
      '2024-01-01,Lesion 2',
      '2024-01-01,Lesion 3',
    ]);
    expect(within1().getByText(/^Lies alike: 2024-01-01 · Lesion 3/)).toBeDefined();
    expect(within1().getByText(/nipple distance within 5 mm/)).toBeDefined();
    expect(lesions().lesions[0]?.sameAs).toBeUndefined();
    fireEvent.click(within1().getByRole('button', { name: 'Link' }));
    expect(lesions().lesions[0]?.sameAs).toBe('l3');
    expect(screen.getByTestId('change-1').textContent).toBe(
      'box 6.0 mm → box 12 mm (RCC), +3.0 mm a year',
    );
    expect(within1().queryByText(/^Lies alike/)).toBeNull();
  });

  it('is none where its mark was made on other pixels of that UID: no size of another picture', () => {
    const { lesions } = show();
    act(() => {
      lesions().setSameAs('l1', 'l3');
      const other = { columns: 600, rows: 800, digest: 'other' };
      lesions().setMark('l3', 'then', { x: 220, y: 300, width: 60, height: 40 }, other);
    });
    expect(screen.queryByTestId('change-1')).toBeNull();
    expect(within1().getAllByRole('option')).toHaveLength(2);
    expect(within1().queryByText(/Lesion 3/)).toBeNull();
  });

  it('is taken back, and is nothing once it is deleted', () => {
    const { lesions } = show();
    const choose = (value: string) =>
      fireEvent.change(within1().getByLabelText('Same lesion as'), { target: { value } });
    choose('l2');
    expect(screen.getByTestId('change-1')).toBeDefined();
    choose('');
    expect(screen.queryByTestId('change-1')).toBeNull();
    choose('l2');
    act(() => lesions().remove('l2'));
    expect(screen.queryByTestId('change-1')).toBeNull();
    expect(lesions().lesions[0]?.sameAs).toBe('l2');
  });
});

describe('the table of the lesions', () => {
  const show = (settings: Partial<Settings> = {}) => {
    const page = open(settings);
    const { describe: say, setSameAs, assess, setNotes } = page.lesions();
    say('l1', { shape: 'irregular', margin: 'spiculated' });
    setSameAs('l1', 'l3');
    setNotes('l1', 'x');
    assess('l1', { at: '2026-01-02T10:00:00Z', biRads: '4C', suspicion: 70 }, undefined);
    page.page.setState({ over: 'lesions' });
    render(
      <ServicesProvider services={page.services}>
        <LesionTable />
      </ServicesProvider>,
    );
    return page;
  };
  const cells = (number: number) =>
    [...screen.getByTestId(`row-${number}`).querySelectorAll('td')].map((td) => td.textContent);

  it('has a row each with exam, place, views, size, score, words and the earlier exam', () => {
    show();
    expect(cells(1)).toEqual([
      '2026-01-01',
      expect.stringMatching(/^R /),
      'RCC',
      'box 12 mm',
      'no score',
      '4C · 70',
      'irregular, spiculated',
      '2024-01-01: box 6.0 mm → box 12 mm (RCC), +3.0 mm a year',
    ]);
    expect(cells(4).slice(0, 3)).toEqual(['2024-01-01', 'L', 'LCC']);
  });

  it('hides what the reader may not see yet', () => {
    show({ readingFirst: true });
    expect(cells(1)[4]).toBe('hidden');
  });

  it('leads to a lesion', () => {
    const { lesions, page } = show();
    fireEvent.click(screen.getByRole('button', { name: 'Lesion 3' }));
    expect(lesions().selectedId).toBe('l3');
    expect(page.getState().over).toBeUndefined();
  });

  it('speaks Chinese', async () => {
    await fetchLanguage('zh-CN');
    speak('zh-CN');
    show();
    expect(screen.getByRole('dialog').textContent).not.toMatch(/[a-z]{4,}/);
  });
});
