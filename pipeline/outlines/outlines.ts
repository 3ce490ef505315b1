import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** How sure the drawn outline is: low where most of the margin had to be guessed. */
export const CONFIDENCES = ['high', 'medium', 'low'] as const;

const outlineSchema = z.object({
  lesion: z.string(),
  image: z.string(),
  view: z.string(),
  confidence: z.enum(CONFIDENCES),
  /** Closed outline in pixels of the stored image, (0, 0) the outer corner of the first. */
  polygon: z.array(z.tuple([z.number(), z.number()])).min(6),
});
type Parsed = z.infer<typeof outlineSchema>;
export type HandOutline = Omit<Parsed, 'polygon'> & {
  readonly polygon: readonly (readonly [x: number, y: number])[];
};

export const OUTLINES = fileURLToPath(new URL('outlines.json', import.meta.url));

export const readOutlines = (): HandOutline[] =>
  z.array(outlineSchema).parse(JSON.parse(readFileSync(OUTLINES, 'utf8')));
