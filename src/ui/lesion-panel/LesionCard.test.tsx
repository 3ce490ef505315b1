// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Profiler } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { offerCommands } from '../../commands/registry.ts';
import { sampleSite } from '../../core/classifier/testing/sample-site.ts';
import { testHeader } from '../../core/dicom/test-header.ts';
import { DESCRIBED_FEATURES } from '../../core/features/analytic/described.ts';
import type { Lesion } from '../../core/lesion/lesion.ts';
import type { ReferenceFile } from '../../core/pack/reference-file.ts';
import type { Likelihood, SvmScore } from '../../core/units/units.ts';
import { message } from '../../core/message/message.ts';
import { fetchLanguage } from '../../i18n/languages.ts';
import { speak } from '../../i18n/phrases/text.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { EngineInfo } from '../../ports/inference.ts';
import type { Settings } from '../../ports/storage.ts';
import { basisOf, isBasis } from '../../state/current-score.ts';
import type { LesionResult, Scored } from '../../state/lesion-result.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { createSettingsStore } from '../../state/settings-store.ts';
import { NO_SETTINGS } from '../../state/testing/no-settings.ts';
import { createViewerStore } from '../../state/viewer-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { type Services, ServicesProvider, useLesions } from '../services.tsx';
import { LesionCard } from './LesionCard.tsx';
import { LesionLine } from './LesionLine.tsx';

const PACK = 'p 1';
const INFO: EngineInfo = { backend: 'wasm', adapter: 'cpu', software: true, passedOver: [] };

const image = (view: 'CC' | 'MLO', scope: OpenImage['scopeNotes'] = []): OpenImage => {
  const header = testHeader({ sopInstanceUid: `1.${view}`, side: 'R', view });
  return {
    path: view,
    header,
    asRead: header,
    rows: 400,
    columns: 300,
    digest: 'd',
    scopeNotes: scope,
  };
};
const box = { x: 10, y: 10, width: 40, height: 40 };

/** 100 benign ones at 1 to 50 %, 100 malignant ones at 50.5 to 100 %; the models say the same. */
const referenceOf = (malignantBelow = 0): ReferenceFile => ({
  schemaVersion: 1,
  lesions: Array.from({ length: 200 }, (_, i) => {
    const likelihood = Math.min((i + 1) / 200, 0.999);
    const arm = { score: 0, likelihood };
    return {
      pathology: i >= 100 || i < malignantBelow ? 'malignant' : 'benign',
      views: 2,
      cnn: arm,
      analytic: arm,
      likelihood,
      described: DESCRIBED_FEATURES.map((_feature, f) => (f === 3 ? i : (i * 7) % 10)),
      margins: i === 199 ? 'na' : 'ill_defined-spiculated',
      shape: 'irregular',
    };
  }),
  operatingPoints: [
    { name: '80 % specificity', likelihood: 0.4, sensitivity: 1, specificity: 0.8 },
    { name: '90 % specificity', likelihood: 0.7, sensitivity: 0.6, specificity: 0.9 },
  ],
});

const estimate = (value: number) => ({
  value: value as Likelihood,
  low: (value - 0.1) as Likelihood,
  high: Math.min(value + 0.1, 1) as Likelihood,
});

interface Shown {
  readonly views?: readonly OpenImage[];
  readonly likelihood?: number;
  readonly settings?: Partial<Settings>;
  readonly words?: Partial<Lesion>;
  /** In the place of the score. */
  readonly result?: (basis: string) => LesionResult;
  readonly reference?: ReferenceFile;
  readonly described?: readonly number[];
  readonly models?: readonly [number, number];
}

const scoreOf = (
  { views = [image('CC'), image('MLO')], likelihood = 0.6, ...props }: Shown,
  basis: string,
  origins: Scored['origins'],
): LesionResult => ({
  phase: 'scored',
  basis,
  views: views.map(({ header }) => header.sopInstanceUid),
  origins,
  boxes: views.map(() => box),
  outlines: views.map(() => ({ polygon: [], quality: 0.9 })),
  described: props.described ?? DESCRIBED_FEATURES.map((_feature, f) => (f === 3 ? 120 : 5)),
  answer: {
    score: {
      arms: (['cnn', 'analytic'] as const).map((arm, i) => ({
        arm,
        viewScores: views.map(() => 0.25 as SvmScore),
        score: 0.25 as SvmScore,
        likelihood: estimate(props.models?.[i] ?? likelihood),
      })),
      viewLikelihoods: views.map(() => likelihood as Likelihood),
      likelihood: estimate(likelihood),
      trainingPrevalence: 0.5,
    },
    activations: views.map(() => undefined),
    info: INFO,
    milliseconds: { network: 10, total: 20 },
  },
});

/** What the card needs of the page, with one lesion that is marked in all `views`. */
const pageWith = (shown: Shown) => {
  const views = shown.views ?? [image('CC'), image('MLO')];
  const studies = createStudiesStore();
  for (const one of views) studies.getState().add(one);
  const lesions = createLesionsStore(() => 'l1');
  const { id } = lesions.getState().create(studies.getState().patientKey ?? '');
  for (const { header } of views) lesions.getState().setMark(id, header.sopInstanceUid, box);
  const lesion = { ...(lesions.getState().lesions[0] as Lesion), ...shown.words };
  const basis = basisOf(lesion, views, PACK, INFO);
  const key = isBasis(basis) ? basis.key : '';
  const origins = isBasis(basis) ? basis.origins : [];
  const result = shown.result?.(key) ?? scoreOf(shown, key, origins);
  const scoring = createStore(() => ({
    engine: { phase: 'ready', info: INFO, reference: shown.reference ?? referenceOf() },
    results: { [id]: result },
    pack: PACK,
  }));
  const settings = createSettingsStore({
    load: () => ({ ...NO_SETTINGS, language: 'en', ...shown.settings }),
    save: () => undefined,
  });
  const manifest = {
    id: 'p',
    version: '1',
    prevalence: { training: 0.5, assumed: 0.5 },
    fusion: { calibration: {} },
  };
  const services = {
    ...{ studies, lesions, scoring, settings, manifest, packSha256: 'abcdef0123456789' },
    nipples: createNipplesStore(),
    viewer: createViewerStore(studies),
    imageOf: () => undefined,
  } as unknown as Services;
  return { services, settings, lesion, views };
};

/** Lets the browser paint, and what waits for that follow. */
const paint = () => act(() => void vi.advanceTimersByTime(50));

const show = (shown: Shown = {}) => {
  const page = pageWith(shown);
  render(
    <ServicesProvider services={page.services}>
      <LesionCard lesion={page.lesion} images={page.views} selected />
    </ServicesProvider>,
  );
  paint();
  return page;
};
/** What of a card is in the document after each time that React wrote to it. */
const commitsOf = (page: ReturnType<typeof pageWith>) => {
  const commits: { readonly value: string | undefined; readonly details: boolean }[] = [];
  const note = () =>
    commits.push({
      value: screen.queryByTestId('likelihood')?.dataset.value,
      details: screen.queryByTestId('score-origin') !== null,
    });
  render(
    <ServicesProvider services={page.services}>
      <Profiler id="card" onRender={note}>
        <LesionCard lesion={page.lesion} images={page.views} selected />
      </Profiler>
    </ServicesProvider>,
  );
  return commits;
};
const number = () => screen.getByTestId('likelihood').textContent;
const card = () => screen.getByTestId('lesion-1');

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout', 'clearTimeout'],
    }),
);
afterEach(() => {
  cleanup();
  speak('en');
  vi.useRealTimers();
});

describe('the card of a lesion', () => {
  it('shows the number large with its views, interval and prevalence', () => {
    show();
    expect(number()).toBe('60 %');
    expect([...card().querySelectorAll('.marked')].map((li) => li.textContent)).toEqual([
      'RCC×',
      'RMLO×',
    ]);
    expect(card().querySelector('.fused')?.textContent).toContain('95 % CI 50–70 %');
    expect(card().querySelector('.prevalence-key')?.textContent).toContain('prevalence 50 %');
    expect(
      screen.getByRole('img', {
        name: '60 % between 0 and 100 %, 95 % CI 50–70 %, prevalence 50 %, operating point 40 %',
      }),
    ).toBeTruthy();
  });

  it('has the number painted before the details, which are never of another score', () => {
    const page = pageWith({});
    const commits = commitsOf(page);
    expect(commits.at(-1)).toEqual({ value: '0.6', details: false });
    paint();
    expect(commits.at(-1)).toEqual({ value: '0.6', details: true });
    const { id } = page.lesion;
    const { scoring } = page.services;
    const before = scoring?.getState().results[id] as Scored;
    const { answer } = before;
    const score = { ...answer.score, likelihood: estimate(0.3) };
    commits.length = 0;
    act(() =>
      scoring?.setState({ results: { [id]: { ...before, answer: { ...answer, score } } } }),
    );
    expect(commits).toEqual([{ value: '0.3', details: false }]);
    paint();
    expect(commits.at(-1)).toEqual({ value: '0.3', details: true });
    // What is found out about a score leaves them standing, and the focus in them.
    commits.length = 0;
    const now = scoring?.getState().results[id] as Scored;
    act(() =>
      scoring?.setState({ results: { [id]: { ...now, stability: { phase: 'running' } } } }),
    );
    paint();
    expect(commits.length).toBeGreaterThan(0);
    expect(commits.every(({ details }) => details)).toBe(true);
  });

  it('zooms the views to the lesion at a press on one', () => {
    const run = vi.fn();
    const taken = offerCommands(() => [{ id: 'viewer.lesion', group: '', title: '', run }]);
    show();
    fireEvent.click(screen.getByRole('button', { name: 'RMLO' }));
    expect(run).toHaveBeenCalledOnce();
    taken();
  });

  it('restates all of it for another prevalence', () => {
    show({ settings: { assumedPrevalence: 0.1 } });
    // Odds 1.5 times the ratio of the prevalences' odds, 1/9.
    expect(number()).toBe('14 %');
    expect(
      screen.getByRole('img', {
        name: '14 % between 0 and 100 %, 95 % CI 10–21 %, prevalence 10 %, operating point 7 %',
      }),
    ).toBeTruthy();
    expect(card().querySelector('.prevalence-key')?.textContent).toContain('prevalence 10 %');
    expect(screen.getByTestId('operating-point').textContent).toContain('at 6.9 %');
    expect(screen.getByTestId('models').textContent).toContain('60 %');
    expect(within(screen.getByTestId('scored-alike')).getAllByText('14 %').length).toBeGreaterThan(
      0,
    );
  });

  it('goes through the calibration of the site, and says so', () => {
    const site = {
      ...sampleSite('abcdef0123456789'),
      ...{ calibration: { a: -1, b: 1 }, prevalence: 0.5 },
    };
    show({ settings: { siteCalibration: site } });
    // Odds 1.5 / e; single views and models stay the pack's.
    expect(number()).toBe('36 %');
    expect(screen.getByTestId('score-site').textContent).toBe('site calibration: North clinic');
    expect(screen.getByTestId('models').textContent).toContain('calibrated by North clinic');
    expect(screen.getAllByTestId('view-score')[0]?.textContent).toContain('60 %');
    cleanup();
    show({ settings: { siteCalibration: { ...site, pack: { ...site.pack, sha256: 'other' } } } });
    expect(number()).toBe('60 %');
    expect(screen.queryByTestId('score-site')).toBeNull();
  });

  it('says it as a natural frequency at a press, which is kept', () => {
    const { settings } = show({ likelihood: 0.085 });
    expect(number()).toBe('9 %');
    fireEvent.click(screen.getByRole('button', { name: '1 in N' }));
    expect(number()).toBe('about 1 in 12');
    expect(settings.getState().likelihoodAs).toBe('frequency');
    fireEvent.click(screen.getByRole('button', { name: '1 in N' }));
    expect(number()).toBe('9 %');
  });

  it('says above or below the operating point that is chosen, and keeps the choice', () => {
    const { settings } = show();
    const line = screen.getByTestId('operating-point');
    expect(line.textContent).toMatch(/^Above .* at 40 %$/);
    fireEvent.change(within(line).getByRole('combobox'), { target: { value: '0.9' } });
    expect(line.textContent).toMatch(/^Below .* at 70 %$/);
    expect(settings.getState().specificity).toBe(0.9);
  });

  it('counts its cautions, and names them behind the count', () => {
    show({
      models: [0.2, 0.9],
      views: [
        image('CC', [{ code: 'implant', severity: 'warns', text: message('scope.implant') }]),
        image('MLO'),
      ],
      described: DESCRIBED_FEATURES.map((_feature, f) => (f < 2 ? 9999 : 5)),
    });
    expect(screen.getByTestId('cautions').textContent).toBe('3 cautions');
    const said = [...screen.getByTestId('score-warnings').children].map((li) => li.textContent);
    expect(said).toEqual([
      expect.stringMatching(/^The two models disagree/),
      'Unlike the reference lesions in: effective diameter; circularity.',
      'RCC: Breast implant.',
    ]);
  });

  it('has no chip without cautions', () => {
    show();
    expect(screen.queryByTestId('cautions')).toBeNull();
  });

  it('stands among the reference lesions, with the share of each outcome that scores higher', () => {
    show({ likelihood: 0.9 });
    expect(screen.getByTestId('reference-histogram').textContent).toContain(
      '20 % of malignant and < 1 % of benign reference lesions score higher',
    );
  });

  it("keeps the reader's own assessment beside the score", () => {
    const at = '2026-01-01T10:00:00+00:00';
    const said = { at, reader: '', scoreShown: false, biRads: '4B', suspicion: 60 } as const;
    show({ words: { readings: [said] } });
    expect(number()).toBe('60 %');
    expect(screen.getByTestId('reader-1').querySelector('summary')?.textContent).toBe(
      'You: 4B, 60',
    );
  });

  it('keeps what is chosen until it is recorded, whatever is read meanwhile, and says so', () => {
    const { services, views } = pageWith({});
    const Card = () => {
      const lesion = useLesions((s) => s.lesions[0]);
      return lesion ? <LesionCard lesion={lesion} images={views} selected /> : null;
    };
    const card = (
      <ServicesProvider services={services}>
        <Card />
      </ServicesProvider>
    );
    const { unmount } = render(card);
    const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
    fireEvent.change(field('BI-RADS'), { target: { value: '4C' } });
    fireEvent.change(field('Suspicion'), { target: { value: '80' } });
    unmount();
    render(card);
    expect([field('BI-RADS').value, field('Suspicion').value]).toEqual(['4C', '80']);
    expect(screen.getByTestId('unrecorded-1')).toBeDefined();
    fireEvent.submit(field('BI-RADS').form!);
    expect(screen.queryByTestId('unrecorded-1')).toBeNull();
    const [recorded] = services.lesions.getState().lesions;
    expect(recorded?.draft).toBeUndefined();
    expect(recorded?.readings).toMatchObject([{ biRads: '4C', suspicion: 80 }]);
  });

  it('takes the BI-RADS descriptors one by one, and says them beside the assessment', () => {
    const { services } = show({ words: { descriptors: { shape: 'oval', density: 'high' } } });
    const summary = screen.getByTestId('reader-1').querySelector('summary');
    expect(summary?.textContent).toBe('You: oval, high density');
    const said = () => services.lesions.getState().lesions[0]?.descriptors;
    fireEvent.change(screen.getByLabelText('Margin'), { target: { value: 'spiculated' } });
    expect(said()).toEqual({ shape: 'oval', density: 'high', margin: 'spiculated' });
    fireEvent.change(screen.getByLabelText('Shape'), { target: { value: '' } });
    expect(said()?.shape).toBeUndefined();
  });

  it('speaks of one view as of one', () => {
    show({ views: [image('CC')] });
    expect(card().querySelectorAll('.marked')).toHaveLength(1);
    expect(screen.getAllByTestId('view-score')).toHaveLength(1);
    expect(screen.getByTestId('details-1').textContent).toContain(
      'SVM score of the one marked view',
    );
  });
});

describe('what stands behind it', () => {
  it('is closed: models, views by their own calibration, pack with hash, engine, time', () => {
    show();
    const details = screen.getByTestId('details-1');
    expect((details as HTMLDetailsElement).open).toBe(false);
    expect(within(details).getAllByTestId('view-score')).toHaveLength(2);
    expect(screen.getByTestId('models').textContent).toContain('Mean of the models, calibrated');
    expect(screen.getByTestId('score-origin').textContent).toBe(
      'p 1 abcdef012345, wasm (cpu), 20 ms of which network 10 ms',
    );
    expect(details.textContent).toContain(
      'calibrated, mean of the models. This mean is calibrated once more.',
    );
    expect(details.textContent).not.toContain(' arm');
  });

  it('has the five features that speak most first, each among both outcomes', () => {
    show();
    const rows = within(screen.getByTestId('features')).getAllByTestId('feature');
    expect(rows).toHaveLength(DESCRIBED_FEATURES.length);
    // The 50 lesions nearest to 120 lie at 95 to 145, five of them benign: 45.5 / 5.5.
    expect(rows[0]?.textContent).toBe('elongation1208.3');
    expect(
      within(rows[0] as HTMLElement)
        .getByRole('img')
        .getAttribute('aria-label'),
    ).toBe('higher than > 99 % of benign and 20 % of malignant lesions');
    const first = screen.getByTestId('features').querySelector(':scope > table');
    expect(within(first as HTMLElement).getAllByTestId('feature')).toHaveLength(5);
  });

  it('names like lesions by the models, with what became of them', () => {
    show();
    const table = screen.getByTestId('scored-alike');
    expect(table.textContent).toContain('decision values');
    const [, ...rows] = within(table).getAllByRole('row');
    expect(rows).toHaveLength(5);
    expect(rows[0]?.textContent).toBe('malignantirregular, ill defined, spiculated, 3 mm60 %');
    expect(screen.queryByTestId('alike-contradict')).toBeNull();
  });

  it('says when their outcomes do not go with the likelihood', () => {
    show({ likelihood: 0.09, reference: referenceOf(30) });
    expect(screen.getByTestId('alike-contradict').textContent).toMatch(
      /^5 of these 5 were malignant/,
    );
  });
});

describe('a lesion without a score on show', () => {
  const nothingIsSaid = () => {
    expect(card().textContent).not.toMatch(/\d\s*%/);
    for (const id of [
      'likelihood',
      'score-1',
      'reference-histogram',
      'view-score',
      'operating-point',
    ])
      expect(screen.queryByTestId(id)).toBeNull();
  };

  it('says once why it is withheld', () => {
    const text = 'The mark lies mostly outside the breast.';
    const problem = {
      code: 'outside-breast',
      severity: 'blocks',
      text: message('scope.outside-breast'),
    } as const;
    show({
      result: (basis) => ({
        phase: 'withheld',
        basis,
        problems: { '1.CC': problem, '1.MLO': problem },
      }),
    });
    nothingIsSaid();
    expect([...screen.getByTestId('not-scored').children].map((li) => li.textContent)).toEqual([
      `Not scored: RCC: ${text}`,
      `Not scored: RMLO: ${text}`,
    ]);
  });

  it('shows no number of other marks', () => {
    show({ result: () => scoreOf({}, 'of other marks', []) });
    nothingIsSaid();
    expect(screen.getByTestId('to-be-scored').textContent).toBe('To be scored again.');
    expect(card().querySelectorAll('.marked')).toHaveLength(2);
  });

  it('hides the score while the reader reads first, in all its forms', () => {
    show({ settings: { readingFirst: true } });
    nothingIsSaid();
    expect(screen.getByTestId('hidden-1')).toBeTruthy();
    expect(screen.queryByRole('button', { name: '1 in N' })).toBeNull();
  });
});

describe('a lesion that is not read now', () => {
  const line = (shown: Shown = {}) => {
    const { services, lesion, views } = pageWith(shown);
    render(
      <ServicesProvider services={services}>
        <LesionLine lesion={lesion} images={views} />
      </ServicesProvider>,
    );
    return screen.getByTestId('lesion-1').querySelector('.lesion-said')?.textContent;
  };

  it('has one line, with its views where the place is not known', () => {
    expect(line()).toBe('RCC + RMLO60 %');
    expect(screen.getByRole('button', { name: 'Lesion 1' }).textContent).toBe('1');
  });

  it('says no number that is hidden or of other marks', () => {
    expect(line({ settings: { readingFirst: true } })).toBe('RCC + RMLOno score');
    cleanup();
    expect(line({ result: () => scoreOf({}, 'of other marks', []) })).toBe('RCC + RMLOno score');
  });
});

it('speaks Chinese throughout', async () => {
  await fetchLanguage('zh-CN');
  speak('zh-CN');
  show({ models: [0.2, 0.9] });
  const latin = (card().textContent ?? '')
    .replace(/RCC|RMLO|SVM|CNN|Platt|LR|abcdef012345|wasm|cpu|BI-RADS|\bm[ms]\b|^p\b/g, '')
    .match(/[a-z]{3,}/gi);
  expect(latin).toBeNull();
  expect(card().textContent).toContain('95% 置信区间');
});
