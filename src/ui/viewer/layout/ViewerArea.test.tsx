// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { createStore } from 'zustand/vanilla';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { patientKeyIn } from '../../../core/dicom/grouping.ts';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import { testHeader } from '../../../core/dicom/test-header.ts';
import { testImage } from '../../../core/image/testing.ts';
import { message } from '../../../core/message/message.ts';
import { basisOf, isBasis } from '../../../state/current-score.ts';
import { createLesionsStore } from '../../../state/lesions-store.ts';
import { createSettingsStore } from '../../../state/settings-store.ts';
import { createViewerStore } from '../../../state/viewer-store.ts';
import { NO_SETTINGS } from '../../../state/testing/no-settings.ts';
import { createStudiesStore } from '../../../state/studies-store.ts';
import { percent } from '../../format.ts';
import { ServicesProvider, type Services } from '../../services.tsx';
import type { MarkCallbacks } from '../view/viewer-types.ts';
import { ViewerArea } from './ViewerArea.tsx';

afterEach(cleanup);

interface Shown extends Required<MarkCallbacks> {
  readonly scores: Readonly<Record<string, string>>;
  readonly activations: object;
}
const shown: Shown[] = [];
vi.mock('./FourViewLayout.tsx', () => ({
  FourViewLayout: (props: Shown) => {
    shown.push(props);
    return null;
  },
}));

const header = testHeader({ sopInstanceUid: '1.2.3' });
const image = testImage(64, 64, () => 0);
const box = { x: 10, y: 10, width: 30, height: 30 };

/** What the page has of pictures, and its middle. */
const pictures = {
  imageOf: () => image,
  breastOf: () => undefined,
  viewerEngine: async () => ({}),
  onViewerLost: () => () => undefined,
};
const showArea = (services: Services) =>
  act(async () => {
    render(
      <ServicesProvider services={services}>
        <ViewerArea />
      </ServicesProvider>,
    );
  });

it('draws a score and what speaks for it only where the reader may see it', async () => {
  const studies = createStudiesStore();
  const opened = { rows: 64, columns: 64, digest: 'd', scopeNotes: [] };
  studies.getState().add({ path: 'a', header, asRead: header, ...opened });
  studies.getState().showPatient(patientKeyIn([{ header }], header.sopInstanceUid) ?? '');
  const lesions = createLesionsStore(() => 'lesion');
  lesions.getState().create(patientKeyIn([{ header }], header.sopInstanceUid) ?? '');
  lesions.getState().setMark('lesion', '1.2.3', box);
  lesions.getState().select('lesion');
  const settings = createSettingsStore({ load: () => NO_SETTINGS, save: () => undefined });
  const map = { rows: 1, columns: 1, values: Float32Array.of(1) };
  const info = { backend: 'wasm', adapter: 'x', software: false, passedOver: [] } as const;
  const [marked] = lesions.getState().lesions;
  const basis = marked && basisOf(marked, studies.getState().images, 'pack', info);
  const scored = {
    phase: 'scored',
    basis: basis && isBasis(basis) ? basis.key : '',
    views: ['1.2.3'],
    outlines: [{ polygon: [] }],
    answer: { score: { likelihood: { value: 0.5 } }, activations: [map] },
  };
  const services = {
    studies,
    lesions,
    settings,
    viewer: createViewerStore(studies),
    scoring: createStore(() => ({
      engine: { phase: 'ready', info },
      pack: 'pack',
      results: { lesion: scored },
    })),
    manifest: { patch: { size: 32, context: 1.3 }, prevalence: { training: 0.5, assumed: 0.5 } },
    ...pictures,
  } as unknown as Services;
  await showArea(services);
  expect(shown.at(-1)?.scores).toEqual({ lesion: percent(0.5) });
  expect(shown.at(-1)?.activations).toHaveProperty(['1.2.3']);
  act(() => settings.getState().readFirst(true));
  expect(shown.at(-1)?.scores).toEqual({});
  expect(shown.at(-1)?.activations).toEqual({});
});

describe('clicks that mark', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Two views, the Mark tool in the hand, and outlines that come when they are told to. */
  const desk = async () => {
    const context = testContext();
    const other = {
      sopInstanceUid: '2.1',
      studyInstanceUid: '9',
      patientId: 'B',
      personName: 'B^B',
    };
    openHeaders(context, [{ sopInstanceUid: '1.1' }, { sopInstanceUid: '1.2' }, other]);
    context.viewer.getState().takeTool('mark');
    const coming: ((found: typeof box) => void)[] = [];
    const placed: string[] = [];
    const into: (string | undefined)[] = [];
    const tell = vi.fn();
    const services = {
      ...context,
      scoring: undefined,
      notices: createStore(() => ({ tell })),
      placeMark: (sop: string, _box: unknown, id?: string) => {
        into.push(id);
        return `lesion ${placed.push(sop)}`;
      },
      outlineAt: () => new Promise((resolve) => coming.push(resolve)),
      ...pictures,
    } as unknown as Services;
    await showArea(services);
    const point = { x: 5, y: 5 };
    return {
      showOther: () => {
        const { images, showPatient } = context.studies.getState();
        act(() => showPatient(patientKeyIn(images, '2.1') ?? ''));
      },
      placed,
      into,
      tell,
      viewer: context.viewer.getState,
      drop: (sop: string) => shown.at(-1)?.onMarkPointDropped(sop),
      lose: () => shown.at(-1)?.onMarkLost(),
      click: (sop: string) => shown.at(-1)?.onMarkPoint(undefined, sop, point),
      outlined: () =>
        act(async () => {
          coming.splice(0).forEach((found) => found(box));
          await vi.runAllTimersAsync();
        }),
    };
  };

  it('mark each view that was clicked on, and a view clicked on again once', async () => {
    const { click, outlined, placed } = await desk();
    click('1.1');
    click('1.2');
    click('1.2');
    await outlined();
    expect(placed).toEqual(['1.1', '1.2']);
  });

  it('are of one lesion where none is selected, until it stands', async () => {
    const { click, outlined, into } = await desk();
    click('1.1');
    click('1.2');
    await outlined();
    click('1.1');
    await outlined();
    expect(into).toEqual([undefined, 'lesion 1', undefined]);
  });

  it('mark nothing where they were a double click', async () => {
    const { click, drop, outlined, placed } = await desk();
    click('1.1');
    click('1.2');
    click('1.2');
    drop('1.2');
    await outlined();
    expect(placed).toEqual(['1.1']);
  });

  it('put the tool away, but not one that was taken again before the outline was there', async () => {
    const { click, outlined, placed, viewer } = await desk();
    click('1.1');
    viewer().takeTool('mark');
    await outlined();
    expect([placed, viewer().tool]).toEqual([['1.1'], 'mark']);
    click('1.2');
    await outlined();
    expect(viewer().tool).toBe('window');
  });

  it('leave the tool to who looks at another exam by then', async () => {
    const { click, outlined, placed, viewer, showOther } = await desk();
    click('1.1');
    showOther();
    await outlined();
    expect([placed, viewer().tool]).toEqual([['1.1'], 'mark']);
  });

  it('and drags that are lost are told of', async () => {
    const { lose, tell } = await desk();
    lose();
    expect(tell).toHaveBeenCalledWith('placing', message('mark.broken-off'));
  });
});
