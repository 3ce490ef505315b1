import { describe, expect, it } from 'vitest';
import { hangingIn } from './viewer-commands.ts';
import { openHeaders, run, testContext } from './testing/test-context.ts';

const slices = { count: 11, spacing: 1 };
const volume = { kind: 'tomosynthesis', numberOfFrames: 11, slices } as const;

/** 2D of the left breast, with tomosynthesis of both views (the oblique's of 21 slices) and of RCC. */
const opened = () => {
  const context = testContext();
  openHeaders(context, [
    { side: 'L', view: 'CC', sopInstanceUid: 'LCC' },
    { side: 'L', view: 'MLO', sopInstanceUid: 'LMLO' },
    { ...volume, side: 'L', view: 'CC', sopInstanceUid: 'LCC tomo' },
    { ...volume, slices: { count: 21 }, side: 'L', view: 'MLO', sopInstanceUid: 'LMLO tomo' },
    { ...volume, side: 'R', view: 'CC', sopInstanceUid: 'RCC tomo' },
  ]);
  return context;
};
const shown = (context: ReturnType<typeof opened>) =>
  hangingIn(context).onShow.cells.map((cell) => cell.shown?.header.sopInstanceUid);
const at = (context: ReturnType<typeof opened>) => context.slices.getState().at;

describe('2D and tomosynthesis', () => {
  it('hang one behind the other, and change places in the active view', () => {
    const context = opened();
    expect(shown(context)).toEqual(['RCC tomo', 'LCC', undefined, 'LMLO']);
    context.viewer.getState().turnTo('LCC');
    run(context, 'slices.swap');
    expect(shown(context)).toEqual(['RCC tomo', 'LCC tomo', undefined, 'LMLO']);
    run(context, 'slices.swap');
    expect(shown(context)).toEqual(['RCC tomo', 'LCC', undefined, 'LMLO']);
  });

  it('change places in all views that show what the active one does', () => {
    const context = opened();
    context.viewer.getState().turnTo('LMLO');
    run(context, 'slices.swap-all');
    expect(shown(context)).toEqual(['RCC tomo', 'LCC tomo', undefined, 'LMLO tomo']);
    run(context, 'slices.swap-all');
    expect(shown(context)).toEqual(['RCC tomo', 'LCC', undefined, 'LMLO']);
  });
});

describe('going through slices', () => {
  const inTomosynthesis = () => {
    const context = opened();
    context.viewer.getState().turnTo('LCC');
    run(context, 'slices.swap-all');
    return context;
  };

  it('starts in the middle, and ends at the ends', () => {
    const context = inTomosynthesis();
    run(context, 'slices.next');
    expect(at(context)['LCC tomo']).toBe(6);
    run(context, 'slices.last');
    run(context, 'slices.next');
    expect(at(context)['LCC tomo']).toBe(10);
    run(context, 'slices.first');
    run(context, 'slices.previous');
    expect(at(context)['LCC tomo']).toBe(0);
  });

  it('takes the other volumes on show to the same share of their depth, where they are linked', () => {
    const context = inTomosynthesis();
    run(context, 'slices.next');
    expect(at(context)).toEqual({ 'LCC tomo': 6, 'LMLO tomo': 12, 'RCC tomo': 6 });
    run(context, 'viewer.link-slices');
    run(context, 'slices.next');
    expect(at(context)).toEqual({ 'LCC tomo': 7, 'LMLO tomo': 12, 'RCC tomo': 6 });
  });

  it('stops what plays, and does nothing over a 2D view', () => {
    const context = inTomosynthesis();
    run(context, 'slices.play');
    expect(context.slices.getState().playing).toBe('LCC tomo');
    run(context, 'slices.next');
    expect(context.slices.getState().playing).toBeUndefined();
    run(context, 'slices.swap');
    const before = at(context);
    run(context, 'slices.next');
    expect(at(context)).toBe(before);
  });

  it('goes from slices to slabs and through their thicknesses', () => {
    const context = inTomosynthesis();
    run(context, 'slices.mode');
    expect(context.slices.getState().mode).toBe('mean');
    run(context, 'slices.thickness');
    expect(context.slices.getState().thickness).toBe(10);
    run(context, 'slices.mode');
    expect(context.slices.getState().mode).toBe('maximum');
    run(context, 'slices.mode');
    expect(context.slices.getState().mode).toBe('slice');
    run(context, 'slices.thickness');
    expect(context.slices.getState()).toMatchObject({ mode: 'mean', thickness: 20 });
  });
});
