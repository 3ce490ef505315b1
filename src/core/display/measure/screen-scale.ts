import type { Mm } from '../../units/units.ts';
import { type Calibration, columnMm } from './calibration.ts';

/** Long side of a bank card: ID-1 of ISO/IEC 7810, 85.60 mm. */
export const CARD_WIDTH = 85.6 as Mm;
/** Short side of a bank card: 53.98 mm. */
export const CARD_HEIGHT = 53.98 as Mm;
/** The length that is matched to a ruler. */
export const RULER_LENGTH = 100 as Mm;

/** What a reader found a screen's pixels to measure, and how. */
export interface ScreenCalibration {
  readonly mmPerCssPixel: number;
  readonly by: 'card' | 'ruler';
  /** The day, YYYY-MM-DD. */
  readonly on: string;
}

export interface ScreenTraits {
  /** Device pixels per CSS pixel: changes with the screen and with the browser's zoom. */
  readonly devicePixelRatio: number;
  /** Size of the screen in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** By what a calibration is found again: the screen and the browser's zoom on it. */
export const screenKey = ({ devicePixelRatio, width, height }: ScreenTraits): string =>
  `${width}x${height}@${Number(devicePixelRatio.toFixed(4))}`;

/** Millimetres of the screen in a CSS pixel, from a bar matched to something of known length. */
export const mmPerCssPixel = (length: Mm, cssPixels: number): number => length / cssPixels;

/**
 * CSS pixels per image column at which the breast has its own size on the screen: its true one with
 * a calibration at the breast, its shadow's on the detector with one there. Undefined without any.
 */
export const trueSizeZoom = (
  calibration: Calibration,
  screenMmPerCssPixel: number,
): number | undefined => {
  const width = columnMm(calibration);
  return width === undefined ? undefined : width / screenMmPerCssPixel;
};

/** Whether a zoom is the true size, within half a percent: a card is not matched more closely. */
export const isTrueSize = (zoom: number, wanted: number | undefined): boolean =>
  wanted !== undefined && Math.abs(zoom / wanted - 1) < 0.005;
