import { z } from 'zod';

const finite = z.number();

/**
 * One measurement of the reader, in stored pixels of its image (core/display/measure): what was drawn,
 * and what it came to. Lengths in mm and areas in mm², in the plane that `calibration` names; in columns
 * of the image where it is "none". Angles in degrees.
 */
export const measurementSchema = z.object({
  id: z.string().min(1).max(128),
  kind: z.enum(['distance', 'ellipse', 'angle']),
  /** Two ends of a distance, two corners about an ellipse, three points of an angle. */
  points: z
    .array(z.tuple([finite, finite]))
    .min(2)
    .max(3),
  /** Of a volume, the slice that it was made on, from 0: the frame in the file's order. */
  slice: z.int().nonnegative().optional(),
  /** Length, area or angle. */
  value: finite,
  calibration: z.string().max(64),
});

export type ReportMeasurement = z.infer<typeof measurementSchema>;
