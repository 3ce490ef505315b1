import { feature, type FeatureDefinition, type Values, type Wanted } from './definition.ts';
import type { LesionFrame } from './lesion-frame.ts';
import { ridgesAt } from './ridge.ts';
import { radialFieldAt, radialLines, spiculesIn } from './spicules.ts';
import { logarithm } from '../../units/portable-math.ts';

/** Half-widths of lines: millimetres, or cells of the lesion frame (1.4 % of the longer box side). */
const WIDTHS = [
  { name: 'mm', sigmas: [0.3, 0.6, 1.2], words: ['0.6 mm', '1.2 mm', '2.4 mm'] },
  { name: 'size', sigmas: [2, 4], words: ['6 % of its size', '11 % of its size'] },
] as const;

/** Where lines are counted: signed distances from the outline, effective radii. */
const RINGS = [
  { name: 'inside', from: -0.4, to: 0, words: 'just inside the margin' },
  { name: 'near', from: 0.05, to: 0.5, words: 'near the margin' },
  { name: 'far', from: 0.5, to: 1.2, words: 'farther out' },
  { name: 'all', from: -0.2, to: 1, words: 'around the lesion' },
] as const;

const FAINTEST = 1e-5;

/** Spiculation by oriented lines (spicules.ts; Karssemeijer & te Brake 1996), each width and ring. */
export const SPICULE_FEATURES: readonly FeatureDefinition[] = WIDTHS.flatMap((width) =>
  width.sigmas.flatMap((_, k) =>
    RINGS.flatMap((ring) => {
      const id = `${width.name}.${k}.${ring.name}`;
      const lines = `lines ${width.words[k]} wide ${ring.words}`;
      return [
        feature(`spicules.alignment.${id}`, `radial alignment of ${lines}`),
        feature(`spicules.excess.${id}`, `excess of radial ${lines}`),
        feature(`spicules.sectors.${id}`, `directions with radial ${lines}`),
        feature(`spicules.energy.${id}`, `strength of ${lines}`, 'ln'),
      ];
    }),
  ),
);

const KINDS = ['alignment', 'excess', 'sectors', 'energy'] as const;
/** All rings together. */
const WHOLE = [
  Math.min(...RINGS.map(({ from }) => from)),
  Math.max(...RINGS.map(({ to }) => to)),
] as const;

/** Where the entries of `part` stand in `whole`, which holds them all; both in rising order. */
const placesIn = (whole: Int32Array, part: Int32Array): Int32Array => {
  const places = new Int32Array(part.length);
  for (let k = 0, at = 0; k < places.length; k++) {
    while (whole[at] !== part[k]) at++;
    places[k] = at;
  }
  return places;
};

/** The lines whose widths go by the lesion's size, in the frame that does, or by millimetres, in that one. */
export const measureSpicules = (
  frame: LesionFrame,
  name: (typeof WIDTHS)[number]['name'],
  wanted: Wanted,
): Values => {
  const values: Values = {};
  const sigmas = WIDTHS.find((width) => width.name === name)?.sigmas ?? [];
  const asked = RINGS.map(({ name: ring }) =>
    sigmas.map((_, k) => KINDS.some((kind) => wanted.has(`spicules.${kind}.${name}.${k}.${ring}`))),
  );
  if (!asked.flat().includes(true)) return values;
  const unit = name === 'mm' ? 1 / frame.mmPerCell : 1;
  const cells = frame.ring(...WHOLE);
  const radius = radialFieldAt(cells, frame.raster.width, frame.cx, frame.cy);
  const rings = RINGS.map(({ name: ring, from, to }) => ({
    ring,
    places: placesIn(cells, frame.ring(from, to)),
  }));
  sigmas.forEach((width, k) => {
    if (!asked.some((ring) => ring[k])) return;
    const sigma = width * unit;
    const lines = radialLines(radius, ridgesAt(frame.smooth(sigma, WHOLE[1], 3), sigma, cells));
    rings.forEach(({ ring, places }, r) => {
      if (!asked[r]?.[k]) return;
      const found = spiculesIn(lines, places);
      const id = `${name}.${k}.${ring}`;
      for (const kind of KINDS)
        values[`spicules.${kind}.${id}`] =
          kind === 'energy' ? logarithm(found.energy + FAINTEST) : found[kind];
    });
  });
  return values;
};
