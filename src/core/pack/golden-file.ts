import { z } from 'zod';
import { withMeasured } from '../classifier/arms.ts';
import { PACK_SCHEMA_VERSION } from '../units/schema-version.ts';

/**
 * golden.json: synthetic patches with what the chain must answer for them, made in Node on the wasm
 * backend. Patches are given by formula, so that no image data travels: see core/pack/golden-patch.
 */
export const goldenFileSchema = z.object({
  schemaVersion: z.literal(PACK_SCHEMA_VERSION),
  patches: z
    .array(
      withMeasured(
        z.object({
          /** Seed of goldenPatch(seed, size, grain). */
          seed: z.int().nonnegative(),
          grain: z.number().min(0).max(1).default(0),
          features: z.array(z.number()),
          score: z.number(),
          likelihood: z.number().min(0).max(1),
        }),
        /** The vector of each arm that measures, of the patch taken as an image. */
        z.array(z.number()),
      ),
    )
    .min(1)
    // Each is a run of the network before the page can score.
    .max(64),
});

export type GoldenFile = z.infer<typeof goldenFileSchema>;
