import { z } from 'zod';

/** The pixels that something was said of (core/image/pixel-identity), as kept beside it. */
export const pixelIdentitySchema = z.object({
  columns: z.int().positive(),
  rows: z.int().positive(),
  digest: z.string(),
});
