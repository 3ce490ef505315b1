// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testContext } from '../../../commands/testing/test-context.ts';
import { testHeader } from '../../../core/dicom/test-header.ts';
import type { ScreenGrey } from '../../../core/display/grey/screen-grey.ts';
import { testImage } from '../../../core/image/testing.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import type { ViewerState } from '../../../state/viewer-store.ts';
import { type Services, ServicesProvider } from '../../services.tsx';
import type { ViewerImage } from '../view/viewer-types.ts';
import { LesionCrops } from './LesionCrops.tsx';

const spaced = (mm: number | undefined): MammogramImage => ({
  // A ramp along the rows, so that a mirrored crop shows.
  ...testImage(200, 200, (x) => 4 * x),
  ...(mm === undefined ? {} : { spacing: { row: mm, column: mm } }),
});

const shownAs = (sop: string, view: 'CC' | 'MLO', mm: number | undefined): ViewerImage => ({
  header: testHeader({ sopInstanceUid: sop, side: 'R', view }),
  image: spaced(mm),
});

/** A view of an image whose grey the reader changes. */
const viewOf = (sop: string, image: MammogramImage) => {
  const listeners = new Set<() => void>();
  let grey: ScreenGrey = {
    voi: { kind: 'window', center: 400, width: 800, fn: 'LINEAR' },
    inverted: false,
  } as ScreenGrey;
  let state = { sop };
  return {
    image,
    state: () => state,
    screenGrey: () => grey,
    onChange: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    change: (next: Partial<ScreenGrey>) => {
      grey = { ...grey, ...next };
      state = { sop };
      listeners.forEach((listener) => listener());
    },
  };
};

let drawn: Map<string, Uint8ClampedArray>;
beforeEach(() => {
  drawn = new Map();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (
    this: HTMLCanvasElement,
  ) {
    return {
      createImageData: (width: number, height: number) => ({
        ...{ width, height },
        data: new Uint8ClampedArray(4 * width * height),
      }),
      putImageData: ({ data }: { data: Uint8ClampedArray }) =>
        drawn.set(this.getAttribute('aria-label') ?? '', data),
    } as unknown as ReturnType<HTMLCanvasElement['getContext']>;
  } as HTMLCanvasElement['getContext']);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const show = (
  images: readonly ViewerImage[],
  views: readonly ReturnType<typeof viewOf>[],
  marks = Object.fromEntries(
    images.map(({ header }) => [header.sopInstanceUid, { x: 80, y: 90, width: 40, height: 20 }]),
  ),
) => {
  const context = testContext();
  context.viewer.setState({
    views: new Map(views.map((view, i) => [`${i}`, view])) as unknown as ViewerState['views'],
  });
  const services = { ...context, thumbnailOf: () => undefined } as unknown as Services;
  return render(
    <ServicesProvider services={services}>
      <LesionCrops {...{ images, marks }} number="1" />
    </ServicesProvider>,
  );
};

const crop = (view: string) => drawn.get(`Lesion 1, ${view}, magnified`) ?? new Uint8ClampedArray();
const scales = () =>
  [...document.querySelectorAll('[data-mm-per-pixel]')].map((bar) =>
    Number(bar.getAttribute('data-mm-per-pixel')),
  );

describe('a lesion magnified, view beside view', () => {
  it('is at one scale, though the pixels of the views are not', () => {
    const images = [shownAs('cc', 'CC', 0.1), shownAs('mlo', 'MLO', 0.2)];
    show(images, []);
    const [cc, mlo] = scales();
    expect(cc).toBeGreaterThan(0);
    expect(mlo).toBe(cc);
    expect(screen.getAllByRole('figure').map((each) => each.dataset['crop'])).toEqual([
      'RCC',
      'RMLO',
    ]);
  });

  it('has a scale of its own without spacing, and says so', () => {
    show([shownAs('cc', 'CC', 0.1), shownAs('mlo', 'MLO', undefined)], []);
    expect(scales()).toHaveLength(1);
    expect(screen.getByText('no spacing: by columns')).toBeDefined();
  });

  it('has the grey of its view, inverted where that is, and follows it', () => {
    const images = [shownAs('cc', 'CC', 0.1), shownAs('mlo', 'MLO', 0.1)];
    const views = images.map(({ header, image }) => viewOf(header.sopInstanceUid, image));
    show(images, views);
    const middle = (view: string) => crop(view)[4 * Math.floor(crop(view).length / 8)] ?? -1;
    const before = middle('RCC');
    expect(before).toBe(middle('RMLO'));
    act(() => views[0]?.change({ inverted: true }));
    expect(Math.abs(middle('RCC') - (255 - before))).toBeLessThan(2);
    expect(middle('RMLO')).toBe(before);
    expect(screen.getAllByText('inverted')).toHaveLength(1);
    expect(screen.queryByText('window as opened')).toBeNull();
  });

  it('is there of views that are not on screen as well, and says whose window it is', () => {
    show([shownAs('cc', 'CC', 0.1), shownAs('other', 'MLO', 0.1)], [], {
      cc: { x: 80, y: 90, width: 40, height: 20 },
    });
    expect(screen.getAllByRole('figure')).toHaveLength(1);
    expect(screen.getByText('window as opened')).toBeDefined();
  });
});
