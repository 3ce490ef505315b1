// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../commands/testing/test-context.ts';
import { createExamReadingsStore } from '../../state/exam-readings-store.ts';
import { createKeyImagesStore } from '../../state/key-images-store.ts';
import { createNipplesStore } from '../../state/nipples-store.ts';
import { type Services, ServicesProvider, useStudies } from '../services.tsx';
import { ExportBar } from './ExportBar.tsx';

const Bar = () => <ExportBar patientKey="p" lesions={[]} images={useStudies((s) => s.images)} />;

const setUp = () => {
  const context = testContext();
  openHeaders(context, [{ sopInstanceUid: '1.1', studyInstanceUid: '1.9' }]);
  const services = {
    ...context,
    nipples: createNipplesStore(),
    examReadings: createExamReadingsStore(),
    keyImages: createKeyImagesStore(() => 'key'),
  };
  render(
    <ServicesProvider services={services as unknown as Services}>
      <Bar />
    </ServicesProvider>,
  );
  return services;
};
let services: ReturnType<typeof setUp>;
beforeEach(() => {
  services = setUp();
});
afterEach(cleanup);

const isOffered = () => !screen.getByRole<HTMLButtonElement>('button', { name: 'Export' }).disabled;

it('offers nothing of an exam of which nothing was said, whatever was detected or is of others', () => {
  const landmarks = { nipple: { x: 1, y: 1 } };
  act(() => services.nipples.getState().found('1.1', landmarks as never));
  act(() => services.examReadings.getState().say('1.8', { density: 'c' }));
  act(() => services.examReadings.getState().say('1.9', {}));
  expect(isOffered()).toBe(false);
});

const said: Record<string, () => void> = {
  'was measured': () =>
    void services.measurements.getState().add('1.1', {
      kind: 'distance',
      points: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
    }),
  'has a nipple that the reader set': () =>
    services.nipples.getState().place('1.1', { x: 1, y: 1 }),
  'was assessed': () => services.examReadings.getState().say('1.9', { density: 'c' }),
  'has a view that was kept': () =>
    services.keyImages.getState().restore([
      {
        id: 'k',
        sopInstanceUid: '1.1',
        at: '2026-01-31T12:00:00Z',
        area: { x: 0, y: 0, width: 1, height: 1 },
        inverted: false,
      },
    ]),
};
it.each(Object.entries(said))('offers an exam without a lesion that %s', (_, say) => {
  act(say);
  expect(isOffered()).toBe(true);
});
