import { z } from 'zod';

/** What a report may say otherwise than the images, and the reader take its lesions over all the same. */
export const DESPITE = ['patient', 'spacing'] as const;
export type Despite = (typeof DESPITE)[number];

/** That the reader took a lesion over from a report that does not agree with the images. */
export const takenOverSchema = z.object({
  despite: z.array(z.enum(DESPITE)).min(1),
  at: z.iso.datetime({ offset: true }),
});
export type TakenOver = Readonly<z.infer<typeof takenOverSchema>>;
