import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Measure } from './lib/measure.ts';
import { ratioTo, type Row, rowOf } from './lib/result.ts';
import { serveFolders } from './lib/static-server.ts';
import { apart } from './peers/likeness.ts';
import { ohifSite, volviewSite } from './peers/packages.ts';
import { asShipped, plainStudy } from './peers/study.ts';
import { firstLine, type Opening, type Place, type Trial, tryOn } from './peers/trial.ts';
import { dwv, ohif, own, type Viewer, volview } from './peers/viewers.ts';

const PATIENCE_MS = 120_000;
const REPETITIONS = 5;
/** Levels of 255 between the same images in the same viewer from which on their grey is another one. */
const OTHER_GREY = 10;

/** The viewers that can be had, each served on its own; the others become notes. */
const placesOf = async (context: Context, notes: string[]) => {
  const places: Place[] = [{ viewer: own, address: context.product }];
  const closes: (() => void)[] = [];
  for (const [viewer, site] of [
    [ohif, ohifSite],
    [volview, volviewSite],
  ] as const)
    try {
      context.say(`  ${viewer.name}: its package`);
      const { address, close } = await serveFolders({ '/': site() }, { pageForRoutes: true });
      closes.push(close);
      places.push({ viewer, address });
    } catch (error) {
      notes.push(`${viewer.name} could not be had: ${firstLine(error)}`);
    }
  places.push({ viewer: dwv, address: context.pages });
  return { places, close: () => closes.forEach((close) => close()) };
};

const pictureOf = ({ pictures }: Context, name: string): string | undefined => {
  if (pictures === undefined) return undefined;
  mkdirSync(pictures, { recursive: true });
  return join(pictures, `${name}.jpg`);
};

const saidOf = ({ complaints }: Trial): string =>
  complaints.length > 0 ? `; its page said "${complaints.slice(0, 3).join('", "')}"` : '';

const failureText = (trial: Trial): string =>
  `not four views: ${trial.problem?.replace(/\.$/, '')}${saidOf(trial)}`;

/** Levels between the panes of two openings in one viewer: the most of them, by their means. */
const levelsApart = (a: Opening | undefined, b: Opening | undefined): number =>
  a && b ? Math.max(...a.looks.map((look, i) => apart(look, b.looks[i]))) : 0;

const shippedText = (trial: Trial, levels: number): string => {
  if (!trial.opening) return failureText(trial);
  const drawn = `four views after ${Math.round(trial.opening.ms)} ms`;
  if (levels <= OTHER_GREY) return drawn;
  const grey = `with another grey (up to ${Math.round(levels)} of 255 levels apart in the mean of a pane)`;
  return `${drawn}, ${grey}${saidOf(trial)}`;
};

const rowsOf = (openings: ReadonlyMap<Viewer, readonly Opening[]>): Row[] => {
  const samplesOf = (viewer: Viewer) => openings.get(viewer)?.map(({ ms }) => ms) ?? [];
  const ownSamples = samplesOf(own);
  return [...openings].map(([viewer, [first]]) => {
    const samples = samplesOf(viewer);
    const actions = first?.actions ?? [];
    return rowOf(`${viewer.name}: files to four views`, 'ms', samples, {
      ratios:
        viewer === own || ownSamples.length === 0 ? [] : [ratioTo(samples, own.name, ownSamples)],
      note: `${actions.length} ${actions.length === 1 ? 'action' : 'actions'}: ${actions.join(', ')}`,
    });
  });
};

/** From files handed over to four different views on screen, here and in other viewers. */
export const measurePeers: Measure = async (context) => {
  const notes = [
    'Four synthetic views (patient 1 of the demo, 1914 x 2294), uncompressed and without VOI LUT Function, so that every viewer can show them. Each viewer in a new profile, four seconds after its start page stands; actions follow each other as fast as the page takes them, the files first.',
    'Drawn: from then on each of four panes looks as it does in the end (correlation over 0.9 in what the browser puts on screen, seen as a film), none is empty, and their labels name four different views.',
    'dwv is a library: the page around it is the benchmark’s own, shows one file a pane in the order given, and does nothing else.',
  ];
  const { places, close } = await placesOf(context, notes);
  const plain = await plainStudy();
  const openings = new Map<Viewer, Opening[]>();
  for (let round = 1; round <= (context.quick ? 1 : REPETITIONS); round++)
    for (const place of places) {
      const { viewer } = place;
      context.say(`  ${viewer.name}, round ${round}`);
      const picture = round === 1 ? pictureOf(context, viewer.id) : undefined;
      const trial = await tryOn(context, place, plain, { patienceMs: PATIENCE_MS, picture });
      if (trial.opening) openings.set(viewer, [...(openings.get(viewer) ?? []), trial.opening]);
      else notes.push(`${viewer.name}, round ${round}: ${failureText(trial)}.`);
      if (round === 1 && trial.strangers.length > 0)
        notes.push(`${viewer.name} asked other sites: ${trial.strangers.join(', ')}.`);
    }
  for (const place of places) {
    const { viewer } = place;
    context.say(`  ${viewer.name}, the files as they ship`);
    const picture = pictureOf(context, `${viewer.id}-as-shipped`);
    const options = { patienceMs: PATIENCE_MS, picture };
    const trial = await tryOn(context, place, asShipped(), options);
    const levels = levelsApart(trial.opening, openings.get(viewer)?.[0]);
    const outcome = shippedText(trial, levels);
    // One that looks as before, or shows nothing, is no picture to keep.
    if (picture !== undefined && levels <= OTHER_GREY) rmSync(picture, { force: true });
    notes.push(
      `${viewer.name}, the same as they ship (JPEG-LS, VOI LUT Function LINEAR): ${outcome}.`,
    );
  }
  close();
  const rows = rowsOf(openings);
  return { name: 'peers', title: 'Peers: files to four different views', rows, notes };
};
