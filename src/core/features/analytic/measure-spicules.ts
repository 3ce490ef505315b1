import { cellsOf } from './cells.ts';
import { feature, type FeatureDefinition, type Values } from './definition.ts';
import { ringOf, type LesionFrame } from './lesion-frame.ts';
import { ridgesOf } from './ridge.ts';
import { radialFieldOf, spiculesIn } from './spicules.ts';
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

export const measureSpicules = (frame: LesionFrame, physical: LesionFrame): Values => {
  const values: Values = {};
  for (const { name, sigmas } of WIDTHS) {
    const [at, unit] = name === 'mm' ? [physical, 1 / physical.mmPerCell] : [frame, 1];
    const { width, height } = at.raster;
    const radius = radialFieldOf(width, height, at.cx, at.cy);
    const rings = RINGS.map(({ name: ring, from, to }) => ({
      ring,
      cells: cellsOf(ringOf(at, from, to)),
    }));
    sigmas.forEach((sigma, k) => {
      const ridges = ridgesOf(at.raster, sigma * unit);
      for (const { ring, cells } of rings) {
        const { alignment, excess, sectors, energy } = spiculesIn(radius, ridges, cells);
        const id = `${name}.${k}.${ring}`;
        values[`spicules.alignment.${id}`] = alignment;
        values[`spicules.excess.${id}`] = excess;
        values[`spicules.sectors.${id}`] = sectors;
        values[`spicules.energy.${id}`] = logarithm(energy + FAINTEST);
      }
    });
  }
  return values;
};
