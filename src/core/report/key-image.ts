import { z } from 'zod';

const side = z.number().positive();

/** A view that the reader kept as it was shown. */
export const keyImageSchema = z.object({
  id: z.string().min(1).max(64),
  sopInstanceUid: z.string().min(1),
  /** When it was kept. */
  at: z.iso.datetime({ offset: true }),
  /** The part of the image on show: whole stored pixels, inside the image. */
  area: z.object({
    x: z.int().nonnegative(),
    y: z.int().nonnegative(),
    width: side.int(),
    height: side.int(),
  }),
  /** The window in modality values; absent where the view went through a VOI LUT of the file. */
  window: z
    .object({
      center: z.number(),
      width: side,
      function: z.enum(['LINEAR', 'LINEAR_EXACT', 'SIGMOID']),
    })
    .optional(),
  /** Inverted by the reader, beside what the image's polarity asks for. */
  inverted: z.boolean(),
});
export type KeyImage = Readonly<z.infer<typeof keyImageSchema>>;
