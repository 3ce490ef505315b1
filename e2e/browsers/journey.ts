import type { Box } from '../../src/core/geometry/box.ts';
import { elementOf, type Remote, runIn, until } from './remote.ts';

type Point = readonly [x: number, y: number];

export const pressKey = ({ send }: Remote, value: string) =>
  send('act', {
    actions: [
      {
        type: 'key',
        id: 'keyboard',
        actions: [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ],
      },
    ],
  });

const drag = ({ send }: Remote, [from, to]: readonly [Point, Point]) => {
  const move = ([x, y]: Point) => ({
    type: 'pointerMove',
    duration: 50,
    origin: 'viewport',
    x: Math.round(x),
    y: Math.round(y),
  });
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  return send('act', {
    actions: [
      {
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          move(from),
          { type: 'pointerDown', button: 0 },
          move(middle),
          move(to),
          { type: 'pointerUp', button: 0 },
        ],
      },
    ],
  });
};

/** Presses the button whose text begins so, as soon as it can be. */
export const pressButton = (remote: Remote, words: string) =>
  until(
    remote,
    `const e = [...document.querySelectorAll('button')].find(
       (b) => b.textContent.trim().startsWith(${JSON.stringify(words)}) && !b.disabled);
     e?.click();
     return Boolean(e);`,
    `a click on "${words}"`,
  );

export const engineReady = (remote: Remote, patience = 120_000) =>
  until<true>(
    remote,
    `return document.querySelector('.engine[data-phase=ready]') !== null`,
    'the engine',
    patience,
  );

/** Waits for that many pictures, and until they stay where they are. */
export const picturesShown = (remote: Remote, count: number) =>
  until<true>(
    remote,
    `const pictures = [...document.querySelectorAll('[data-matrix]')];
     const now = pictures.map((p) => JSON.stringify(p.getBoundingClientRect()) + p.dataset.matrix);
     const were = window.pictures;
     window.pictures = now.join();
     return now.length === ${count} && window.pictures === were;`,
    `${count} pictures`,
    120_000,
  );

/** Gives files to the page as its file picker does. */
export const giveFiles = async (remote: Remote, files: readonly string[]) => {
  const input = '[data-testid=file-input]';
  await until(remote, `return document.querySelector('${input}') !== null`, 'the file input');
  const id = await elementOf(remote, input);
  await remote.send('keys', { id, text: files.join('\n') });
};

/** Draws a box over a view with the pointer, in stored pixels. */
export const drawBox = async (remote: Remote, view: string, box: Box) => {
  await pressKey(remote, 'm');
  const ends = await runIn<[Point, Point]>(
    remote,
    `const [view, points] = arguments;
     const svg = document.querySelector('[data-view="' + view + '"] svg.box-overlay');
     const [a, b, c, d, e, f] = svg.dataset.matrix.split(' ').map(Number);
     const { left, top } = svg.getBoundingClientRect();
     return points.map(([x, y]) => [left + a * x + c * y + e, top + b * x + d * y + f]);`,
    view,
    [
      [box.x, box.y],
      [box.x + box.width, box.y + box.height],
    ],
  );
  await drag(remote, ends);
};

/** The fused likelihood of the first lesion, once it takes in that many views. */
export const likelihood = (remote: Remote, views: number) =>
  until<number>(
    remote,
    `const card = document.querySelector('[data-testid=score-1]');
     if (card?.querySelectorAll('[data-testid=view-score]').length !== ${views}) return null;
     return Number(card.querySelector('[data-testid=likelihood]').dataset.value);`,
    'the likelihood',
    120_000,
  );

/** The boxes of the first lesion as the page keeps them, by SOP Instance UID. */
export const keptMarks = (remote: Remote): Promise<Readonly<Record<string, Box>>> =>
  runIn(
    remote,
    `return new Promise((resolve, reject) => {
       const opening = indexedDB.open('tandem');
       opening.onerror = () => reject(opening.error);
       opening.onsuccess = () => {
         const asked = opening.result.transaction('lesions').objectStore('lesions').getAll();
         asked.onsuccess = () => {
           opening.result.close();
           resolve(asked.result[0]?.marks ?? {});
         };
       };
     });`,
  );

/** Saves the results as JSON and gives back what went into the file. */
const exportJson = async (remote: Remote): Promise<string> => {
  await runIn(
    remote,
    `const make = URL.createObjectURL;
     URL.createObjectURL = (file) => {
       void file.text().then((text) => (window.exported = text));
       return make.call(URL, file);
     };`,
  );
  await pressButton(remote, 'Export');
  await pressButton(remote, 'JSON');
  return until(remote, 'return window.exported ?? null', 'the exported file');
};

const openDemo = async (remote: Remote) => {
  await pressButton(remote, 'Open the demo case');
  await picturesShown(remote, 4);
  await engineReady(remote);
};

/** The mass of the demo case, as a reader would mark it. */
const MASS: Readonly<Record<string, Box>> = {
  RCC: { x: 1509, y: 625, width: 262, height: 249 },
  RMLO: { x: 1409, y: 996, width: 261, height: 254 },
};

export interface Walked {
  readonly likelihood: number;
  readonly marks: Readonly<Record<string, Box>>;
  readonly exported: string;
  /** The likelihood after the server was gone and the page loaded anew. */
  readonly offline: number;
}

/**
 * Open, mark two views, read the likelihood, export, and once more from what the browser kept, without
 * the server: `goOffline` ends it.
 */
export const walk = async (
  remote: Remote,
  address: string,
  goOffline: () => Promise<void>,
): Promise<Walked> => {
  await remote.send('size', { width: 1600, height: 1000 });
  await remote.send('navigate', { url: `${address}?backend=wasm` });
  await openDemo(remote);
  await pressKey(remote, 'n');
  for (const [view, box] of Object.entries(MASS)) await drawBox(remote, view, box);
  const first = await likelihood(remote, 2);
  const marks = await keptMarks(remote);
  const exported = await exportJson(remote);
  await until(
    remote,
    `return document.documentElement.dataset.offline === 'ready'`,
    'what is kept for offline use',
    120_000,
  );
  await goOffline();
  await remote.send('navigate', { url: `${address}?backend=wasm` });
  await openDemo(remote);
  return { likelihood: first, marks, exported, offline: await likelihood(remote, 2) };
};
