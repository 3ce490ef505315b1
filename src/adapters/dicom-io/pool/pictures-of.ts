import { tissueWindow } from '../../../core/display/grey/tissue-window.ts';
import { toThumbnail } from '../../../core/display/thumbnail.ts';
import type { PictureEvidence } from '../../../core/dicom/picture-evidence.ts';
import { breastShape } from '../../../core/image/breast-shape.ts';
import { countStored } from '../../../core/image/brightness-levels.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { pictureEvidence } from '../../../core/image/picture-evidence.ts';
import { plainImage } from '../../../core/image/plain-image.ts';
import { pixelDigest } from '../../../core/image/pixel-identity.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import {
  toWorkingImage,
  withoutSpacing,
  type WorkingRule,
} from '../../../core/image/working-image.ts';
import type { OpenedMammogram } from './worker-protocol.ts';

type Pictures = Pick<
  OpenedMammogram,
  'image' | 'values' | 'working' | 'thumbnail' | 'breast' | 'tissueVoi' | 'digest'
> & { readonly picture: PictureEvidence };

/**
 * What is made of decoded pixels before they are shown: the image at working resolution and small, and what
 * its values and the breast in it say. A spacing that no breast has is taken off a picture of a breast.
 */
export const picturesOf = (
  stored: MammogramImage,
  rule: WorkingRule,
  isBreast: boolean,
): Pictures => {
  const counts = countStored(stored);
  const working = toWorkingImage(stored, rule, counts);
  const isBelieved = !isBreast || !stored.spacing || working.mmPerPixel !== undefined;
  const image = isBelieved ? stored : withoutSpacing(stored);
  const breast = breastShape(working, image.columns, image.rows);
  return {
    image,
    values: storedValues(image, counts),
    working,
    thumbnail: toThumbnail(working),
    breast,
    tissueVoi: tissueWindow(image, breast),
    digest: pixelDigest(image),
    picture: pictureEvidence(working),
  };
};

/** A made-up breast at the left, of 12 bits, with grain in it. */
const madeUp = (rows: number, columns: number): MammogramImage => {
  const pixels = new Uint16Array(rows * columns);
  for (let y = 0, i = 0; y < rows; y++) {
    const level = y / rows - 0.5;
    const edge = columns * Math.sqrt(Math.max(0.6 - 4 * level * level, 0));
    for (let x = 0; x < columns; x++, i++) if (x < edge) pixels[i] = 800 + ((i * 7919) % 1500);
  }
  return plainImage(columns, rows, pixels);
};

/** Halves the made-up picture, as most files are about halved. */
const RULE = { mmPerPixel: 0.2, rowsWithoutSpacing: 300, lowPercentile: 2, highPercentile: 99.5 };

/**
 * Goes through the work that pixels make with a small made-up picture, so that the browser has compiled it by
 * the time that the first file comes.
 */
export const practise = (): void => {
  const image = madeUp(600, 400);
  for (let times = 0; times < 3; times++) picturesOf(image, RULE, true);
};
