// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { openHeaders, testContext } from '../../../commands/testing/test-context.ts';
import type { PixelIdentity } from '../../../core/image/pixel-identity.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { patientKeyIn } from '../../../core/dicom/grouping.ts';
import type { ViewportHandle } from '../../../ports/display.ts';
import { createNipplesStore } from '../../../state/nipples-store.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import { NippleArc } from './NippleArc.tsx';

afterEach(cleanup);

const HERS = { side: 'L', studyDate: '20260102' } as const;
const picture = { columns: 100, rows: 100, pixelAspect: 1 } as unknown as MammogramImage;
const nipple = {
  outline: [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
    { x: 0, y: 100 },
  ],
  nipple: { x: 50, y: 50 },
};

/** The nipple and arc on the MLO view of a patient on show, while a lesion is marked on a CC view of that day. */
const onMlo = (markedOn: string, made?: PixelIdentity) => {
  const context = testContext();
  const nipples = createNipplesStore();
  const { studies, lesions } = context;
  openHeaders(context, [
    { ...HERS, sopInstanceUid: 'cc', view: 'CC' },
    { ...HERS, sopInstanceUid: 'mlo', view: 'MLO' },
    { ...HERS, sopInstanceUid: 'other', view: 'CC', patientId: 'P2', studyInstanceUid: '1.8' },
  ]);
  const { images } = studies.getState();
  for (const { header } of images) nipples.getState().found(header.sopInstanceUid, nipple);
  const box = { x: 10, y: 10, width: 10, height: 10 };
  lesions.getState().createMarked(patientKeyIn(images, markedOn) ?? '', markedOn, box, made);
  studies.getState().showPatient(patientKeyIn(images, 'mlo') ?? '');
  const state = { sop: 'mlo' };
  const view = {
    state: () => state,
    onChange: () => () => undefined,
    size: () => ({ width: 100, height: 100 }),
    imageToCanvas: (p: unknown) => p,
    canvasToImage: (p: unknown) => p,
  } as unknown as ViewportHandle;
  const services = { ...context, nipples, imageOf: () => picture } as unknown as Services;
  const { header } = images.find((image) => image.header.sopInstanceUid === 'mlo')!;
  render(
    <ServicesProvider services={services}>
      <NippleArc view={view} shown={{ header, image: picture }} />
    </ServicesProvider>,
  );
  return { lesions };
};

it('guides by the mark on the other view of the breast', () => {
  const { lesions } = onMlo('cc');
  expect(screen.getByTestId('nipple-arc').dataset.lesionNumber).toBe('1');
  expect(screen.getByTestId('nipple')).toBeDefined();
  act(() => lesions.getState().select(undefined));
  expect(screen.queryByTestId('nipple-arc')).toBeNull();
});

it('draws nothing of the lesion of another patient of that day', () => {
  onMlo('other');
  expect(screen.queryByTestId('nipple-arc')).toBeNull();
  expect(screen.queryByTestId('nipple')).toBeNull();
});

it('draws nothing of a mark that was made on other pixels', () => {
  onMlo('cc', { columns: 64, rows: 64, digest: 'other' });
  expect(screen.queryByTestId('nipple-arc')).toBeNull();
  expect(screen.queryByTestId('nipple')).toBeNull();
});
