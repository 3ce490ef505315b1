import type { Box } from '../../src/core/geometry/box.ts';
import { ok, type Result } from '../../src/core/message/result.ts';
import { parseCsv } from '../data/csv.ts';
import { readRois, type Problem, type Roi } from '../data/rois.ts';
import type { TableImage } from './find-in-image.ts';

export interface TableLesion {
  /** Of the table. */
  readonly line: number;
  readonly lesion: string;
  readonly box: Box;
  readonly malignant: boolean | undefined;
}

/** One image of a table with what is known to be on it; none of it reaches the finder. */
export interface FinderImage extends TableImage {
  /** First line of the table that names it. */
  readonly line: number;
  readonly patient: string;
  readonly side: string;
  readonly lesions: readonly TableLesion[];
}

const BOX = ['x', 'y', 'width', 'height'] as const;

const lesionOf = ({ line, lesion, box, malignant }: Roi): TableLesion => ({
  line,
  lesion,
  box,
  malignant,
});

/**
 * Reads a table of lesion boxes image by image. A row whose four box cells are all empty is an image
 * without a lesion; such a row needs no lesion and no pathology. Other rows as in evaluate.
 */
export const readFinderTable = (
  text: string,
): Result<{ images: FinderImage[]; problems: Problem[] }, string> => {
  const table = readRois(text);
  if (!table.ok) return table;
  const byLine = new Map(table.value.rois.map((roi) => [roi.line, roi]));
  const problems = new Map(table.value.problems.map((problem) => [problem.line, problem]));
  const images = new Map<string, { -readonly [K in keyof FinderImage]: FinderImage[K] }>();
  for (const { line, cells } of parseCsv(text).rows) {
    const roi = byLine.get(line);
    const isEmpty = BOX.every((name) => !cells[name]);
    if (!roi && !(isEmpty && cells.image)) continue;
    if (isEmpty) problems.delete(line);
    const image = cells.image ?? '';
    const aspect = cells.pixel_aspect ? Number(cells.pixel_aspect) : undefined;
    if (aspect !== undefined && !(aspect > 0)) {
      const reason = `pixel_aspect is "${cells.pixel_aspect}", expected a number above 0`;
      problems.set(line, { line, reason });
      continue;
    }
    const known = images.get(image);
    if (known && known.patient !== (cells.patient ?? '')) {
      const reason = `${image} belongs to patient ${known.patient} on line ${known.line}`;
      problems.set(line, { line, reason });
    } else if (known) {
      if (roi) known.lesions = [...known.lesions, lesionOf(roi)];
    } else
      images.set(image, {
        line,
        image,
        ...(aspect === undefined ? {} : { pixelAspect: aspect }),
        patient: cells.patient ?? '',
        side: cells.side ?? '',
        view: cells.view ?? '',
        lesions: roi ? [lesionOf(roi)] : [],
      });
  }
  const sorted = [...problems.values()].sort((a, b) => a.line - b.line);
  return ok({ images: [...images.values()], problems: sorted });
};
