import { z } from 'zod';

/** One tapped tensor of the backbone: the graph's output node and how it is pooled to a vector. */
export const tapSchema = z.object({
  node: z.string(),
  /** [height, width, channels] of one patch's map; [1, 1, channels] when the graph pools itself. */
  shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  pooling: z.enum(['average', 'max', 'none']),
  /** Whether the pooled block is L2-normalised before it joins the vector (Antropova 2017). */
  l2Normalised: z.boolean(),
});

export type Tap = z.infer<typeof tapSchema>;
