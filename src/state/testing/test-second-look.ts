import type { ExamLook } from '../../core/finder/second-look.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { LesionsStore } from '../lesions-store.ts';
import { createSecondLookStore, type FinderInfo } from '../second-look-store.ts';

export const TEST_FINDER: FinderInfo = {
  name: 'p 1, finder 1',
  key: 'finder',
  points: [
    { falseMarks: 0.1, threshold: 0.6, sensitivity: 0.56, interval: [0.5, 0.6] },
    { falseMarks: 0.25, threshold: 0.4, sensitivity: 0.67, interval: [0.6, 0.7] },
    { falseMarks: 1, threshold: 0.1, sensitivity: 0.84, interval: [0.8, 0.87] },
  ],
  defaultFalseMarks: 0.25,
  limits: ['Masses only.'],
};

/** A store with a finder, whose feed the test is; it is always noon of the same day. */
export const testSecondLook = (sources: {
  readonly lesions: LesionsStore;
  readonly images: () => readonly OpenImage[];
}) =>
  createSecondLookStore(
    { phase: 'there', info: TEST_FINDER },
    { ...sources, now: () => new Date('2026-01-31T12:00:00Z') },
  );

type Place = readonly [image: OpenImage, x: number, y: number];

/**
 * What was found: each list of places is one finding of two marks at the most, boxes of 40 x 40 pixels
 * about them, with this probability of a mass and half of it of a malignant one.
 */
export const madeLook = (found: readonly (readonly [mass: number, ...Place[]])[]): ExamLook => ({
  findings: found.map(([mass, ...places]) => {
    const marks = places.map(([{ header, columns, rows, digest }, x, y]) => ({
      sopInstanceUid: header.sopInstanceUid,
      pixels: { columns, rows, digest },
      box: { x: x - 20, y: y - 20, width: 40, height: 40 },
      mass,
      malignant: mass / 2,
    }));
    const id = marks.map(({ sopInstanceUid, pixels, box }) =>
      [TEST_FINDER.key, sopInstanceUid, pixels.digest, box.x, box.y].join('/'),
    );
    const side = places[0]?.[0].header.laterality.value;
    return { id: id.join('+'), ...(side && { side }), marks, mass, malignant: mass / 2 };
  }),
  breasts: [],
  exam: undefined,
});
