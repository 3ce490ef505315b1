import { z } from 'zod';

/** Version of finder-rules.json. A file of another version is refused, not guessed at. */
export const FINDER_SCHEMA_VERSION = 1;

const finite = z.number().refine(Number.isFinite, 'must be finite');

const logisticSchema = z
  .object({
    names: z.array(z.string()).min(1).max(64),
    mean: z.array(finite),
    scale: z.array(z.number().positive()),
    weights: z.array(finite),
    bias: finite,
  })
  .refine(
    ({ names, mean, scale, weights }) =>
      [mean, scale, weights].every((list) => list.length === names.length),
    'every cue needs a mean, a scale and a weight',
  );

const share = z.number().min(0).max(1);

/** finder-rules.json: how the finder's network is fed, and what is made of its maps. */
export const finderFileSchema = z.object({
  schemaVersion: z.literal(FINDER_SCHEMA_VERSION),
  version: z.string(),
  /** How a working image becomes the network's input; see core/finder/finder-input. */
  input: z.object({
    mmPerPixel: z.number().positive(),
    rowsWithoutSpacing: z.int().positive(),
    maxWidth: z.int().positive().max(4096),
    maxHeight: z.int().positive().max(4096),
    margin: z.int().nonnegative(),
    stride: z.literal(32),
  }),
  /** Whether the mirror image is looked at as well, and the mean of both taken. */
  mirror: z.boolean(),
  rescoring: z.object({
    own: logisticSchema,
    pair: logisticSchema,
    both: logisticSchema,
    outcome: logisticSchema,
  }),
  /** Platt's sigmoid of a breast's evidence; see core/finder/exam-score. */
  breastCalibration: z.object({ a: z.number(), b: z.number() }),
  /** Cross-validated on the archive's films: marks above the threshold, and what they find. */
  operatingPoints: z
    .array(
      z.object({
        falseMarks: z.number().positive(),
        threshold: share,
        sensitivity: share,
        interval: z.tuple([share, share]),
      }),
    )
    .min(1),
  /** The operating point taken until the reader chooses another. */
  defaultFalseMarks: z.number().positive(),
  limits: z.array(z.string()),
  /** What the network gives for one synthetic view, made in Node on the wasm backend. */
  golden: z.object({
    /** Of goldenPatch(seed, size), core/pack/golden-patch; size is a multiple of the stride. */
    seed: z.int().nonnegative(),
    size: z.int().positive().max(1024),
    /** The merged centre map, row-major. */
    centre: z.array(share),
    /** Most that a cell may differ. */
    tolerance: z.number().positive(),
  }),
});

export type FinderFile = z.infer<typeof finderFileSchema>;
