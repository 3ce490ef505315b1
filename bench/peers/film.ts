import type { Page } from '@playwright/test';
import { decode } from 'jpeg-js';
import { type Grey, isDrawn, likeness } from './likeness.ts';

/** A pane on the page, in CSS pixels. */
export interface Pane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Frame {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly jpeg: Buffer;
}

const GRID = 24;
/** Of a pane's width and height: its rim, where borders and scroll bars are, is left out. */
const RIM = 0.04;
const SAME = 0.9;
const PAGE_WIDTH = 1600;
const STEP_MS = 500;
const STILL_STEPS = 4;

/** Mean grey of each cell of a grid over the pane, as the frame shows it. */
const greyOf = (frame: Frame, pane: Pane): Grey => {
  const { width, height, data } = decode(frame.jpeg, { useTArray: true });
  const scale = width / PAGE_WIDTH;
  const grey = new Float64Array(GRID * GRID);
  for (let row = 0; row < GRID; row++)
    for (let column = 0; column < GRID; column++) {
      const [x, y] = [column, row].map((i) => RIM + ((1 - 2 * RIM) * (i + 0.5)) / GRID) as [
        number,
        number,
      ];
      const left = Math.round((pane.x + x * pane.width) * scale);
      const top = Math.round((pane.y + y * pane.height) * scale);
      let sum = 0;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) {
          const at = Math.min(Math.max(top + dy, 0), height - 1) * width;
          sum += data[4 * (at + Math.min(Math.max(left + dx, 0), width - 1))] as number;
        }
      grey[row * GRID + column] = sum / 25;
    }
  return grey;
};

const looksOf = (frame: Frame, panes: readonly Pane[]): Grey[] =>
  panes.map((pane) => greyOf(frame, pane));

/** What the browser showed, picture by picture, with its own times: the same for every viewer. */
export class Film {
  private readonly frames: Frame[] = [];

  static async of(page: Page): Promise<Film> {
    const film = new Film();
    const cdp = await page.context().newCDPSession(page);
    cdp.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      const at = metadata.timestamp === undefined ? Date.now() : 1000 * metadata.timestamp;
      film.frames.push({ at, jpeg: Buffer.from(data, 'base64') });
      cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    });
    const size = { maxWidth: 800, maxHeight: 500 };
    await cdp.send('Page.startScreencast', { format: 'jpeg', quality: 60, ...size });
    return film;
  }

  /** Waits until every pane has shown the same picture for two seconds. Throws where that never comes. */
  async untilDrawn(panes: readonly Pane[], patienceMs: number): Promise<void> {
    const end = Date.now() + patienceMs;
    let before: Grey[] | undefined;
    for (let still = 0; still < STILL_STEPS;) {
      if (Date.now() > end) throw new Error('not every pane had a picture in time');
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      const last = this.frames.at(-1);
      if (!last) continue;
      const now = looksOf(last, panes);
      const kept = now.every((look, i) => isDrawn(look) && likeness(look, before?.[i]) > SAME);
      still = kept ? still + 1 : 0;
      before = now;
    }
  }

  /** When the panes came to look as they do in the end, in milliseconds since 1970, and how that is. */
  drawn(panes: readonly Pane[]): { at: number; looks: Grey[] } {
    const [last, ...earlier] = [...this.frames].reverse();
    if (!last) throw new Error('the browser showed no picture');
    const looks = looksOf(last, panes);
    let { at } = last;
    for (const frame of earlier) {
      if (!looksOf(frame, panes).every((look, i) => likeness(look, looks[i]) > SAME)) break;
      ({ at } = frame);
    }
    return { at, looks };
  }
}
