import {
  isPaddingOfTissue,
  tellingPresets,
  tissueOf,
  tissueWindow,
} from '../../../core/display/grey/tissue-window.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { toThumbnail } from '../../../core/display/thumbnail.ts';
import type { PictureEvidence } from '../../../core/dicom/picture-evidence.ts';
import { hasBrightAir } from '../../../core/image/bright-air.ts';
import { breastShape } from '../../../core/image/breast-shape.ts';
import {
  brightnessLevels,
  countStored,
  type StoredCounts,
} from '../../../core/image/brightness-levels.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { pictureEvidence } from '../../../core/image/picture-evidence.ts';
import { plainImage } from '../../../core/image/plain-image.ts';
import { pixelDigest } from '../../../core/image/pixel-identity.ts';
import { storedValues } from '../../../core/image/stored-values.ts';
import { levelsOfPicture } from '../../../core/image/undeclared-border.ts';
import {
  toWorkingImage,
  withoutSpacing,
  type WorkingRule,
} from '../../../core/image/working-image.ts';
import type { OpenedMammogram } from './worker-protocol.ts';

type Pictures = Pick<
  OpenedMammogram,
  'image' | 'values' | 'working' | 'thumbnail' | 'breast' | 'tissueVoi' | 'digest'
> & {
  readonly picture: PictureEvidence;
  /** What of the file's grey was left out, and why. */
  readonly said: readonly Message[];
};

/** Padding of so few of the pixels, its commonest value aside, takes nothing off a breast. */
const LITTLE = 0.02;

/** The image without a range of padding that most of its breast lies in. */
const withoutWrongPadding = (
  stored: MammogramImage,
  rule: WorkingRule,
  counts: StoredCounts,
): MammogramImage => {
  const { padding, ...bare } = stored;
  if (!padding) return stored;
  const [from, to] = [padding.low - counts.first, padding.high - counts.first + 1];
  const padded = counts.counts.subarray(Math.max(from, 0), Math.max(to, 0));
  const besides =
    padded.reduce((sum, n) => sum + n, 0) - padded.reduce((a, b) => Math.max(a, b), 0);
  if (besides < LITTLE * stored.pixels.length) return stored;
  const shape = breastShape(toWorkingImage(bare, rule, counts), stored.columns, stored.rows);
  return isPaddingOfTissue(stored, shape) ? bare : stored;
};

/**
 * What is made of decoded pixels before they are shown: the image at working resolution and small, and what
 * its values and the breast in it say. A spacing that no breast has is taken off a picture of a breast, and so are
 * padding that most of the breast lies in and presets that show nothing of it.
 */
export const picturesOf = (
  opened: MammogramImage,
  rule: WorkingRule,
  isBreast: boolean,
): Pictures => {
  const counts = countStored(opened);
  const stored = isBreast ? withoutWrongPadding(opened, rule, counts) : opened;
  const working = toWorkingImage(stored, rule, counts);
  const isBelieved = !isBreast || !stored.spacing || working.mmPerPixel !== undefined;
  const spaced = isBelieved ? stored : withoutSpacing(stored);
  const breast = breastShape(working, spaced.columns, spaced.rows);
  const tissue = tissueOf(spaced, breast);
  const voi = tellingPresets(spaced, tissue);
  const tissueVoi = tissueWindow(spaced, breast, tissue);
  const isFlat = voi.length < spaced.voi.length;
  const isReversed = isBreast && hasBrightAir(levelsOfPicture(brightnessLevels(stored, counts)));
  const image: MammogramImage = {
    ...spaced,
    ...(isFlat && { voi: voi.length || !tissueVoi ? voi : [tissueVoi] }),
    ...(isReversed && { looksReversed: true }),
  };
  return {
    image,
    values: storedValues(image, counts),
    working,
    thumbnail: toThumbnail(working),
    breast,
    tissueVoi,
    digest: pixelDigest(image),
    picture: pictureEvidence(working),
    said: [
      ...(stored === opened ? [] : [message('remark.padding')]),
      ...(isFlat ? [message('remark.preset-flat')] : []),
    ],
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
