import { z } from 'zod';
import type { MeasurementStorage } from '../../ports/storage.ts';
import { createImageRecordStorage } from './image-record-storage.ts';
import { OURS } from './kept-database.ts';
import { pixelIdentitySchema } from './pixel-identity-schema.ts';

const finite = z.number().refine(Number.isFinite);
const point = z.object({ x: finite, y: finite });
const shapeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('distance'), points: z.tuple([point, point]) }),
  z.object({ kind: z.literal('ellipse'), points: z.tuple([point, point]) }),
  z.object({ kind: z.literal('angle'), points: z.tuple([point, point, point]) }),
]);
const recordSchema = z.object({
  id: z.string(),
  sopInstanceUid: z.string(),
  shape: shapeSchema,
  slice: z.number().int().nonnegative().optional(),
  /** The pixels that it was made on; earlier records have none. */
  pixels: pixelIdentitySchema.optional(),
});

export const createMeasurementStorage = (): MeasurementStorage =>
  createImageRecordStorage(`${OURS}-measurements`, 'measurements', recordSchema);
