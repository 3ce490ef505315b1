// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onPlainContexts, opaqueCanvas } from './draw-opaque.ts';

afterEach(() => vi.restoreAllMocks());

const asked = () => vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

describe('what a picture is drawn on', () => {
  it('has one opaque sample a pixel where it is made, and no other context has', () => {
    const getContext = asked();
    const canvas = document.createElement('canvas');
    const made = onPlainContexts(() => {
      canvas.getContext('webgl2', { alpha: true, powerPreference: 'low-power' });
      canvas.getContext('2d');
      return 'an engine';
    });
    canvas.getContext('webgl2');
    expect(made).toBe('an engine');
    expect(getContext.mock.contexts).toEqual([canvas, canvas, canvas]);
    const plain = { antialias: false, depth: false, alpha: false, powerPreference: 'low-power' };
    expect(getContext.mock.calls).toEqual([['webgl2', plain], ['2d', undefined], ['webgl2']]);
  });

  it('is as ever after an engine that could not be made', () => {
    const getContext = asked();
    expect(() =>
      onPlainContexts(() => {
        throw new Error('no device');
      }),
    ).toThrow('no device');
    expect(HTMLCanvasElement.prototype.getContext).toBe(getContext);
  });

  it('lets nothing through on the page', () => {
    const getContext = asked();
    const canvas = opaqueCanvas();
    expect(getContext.mock.contexts).toEqual([canvas]);
    expect(getContext).toHaveBeenCalledWith('2d', { alpha: false });
  });
});
