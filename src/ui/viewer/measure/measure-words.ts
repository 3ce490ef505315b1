import type { Calibration } from '../../../core/display/measure/calibration.ts';
import type { Reading } from '../../../core/display/measure/measure.ts';
import { spokenLanguage, t } from '../../../i18n/phrases/text.ts';

/** What a number rests on; it stands beside every one. */
export const calibrationWords = (calibration: Calibration): string => {
  switch (calibration.kind) {
    case 'detector':
      return t('detector plane');
    case 'film':
      return t('film as scanned');
    case 'magnification':
      return calibration.from === 'distances'
        ? t('corrected for magnification {factor} (from distances)', {
            factor: calibration.factor.toFixed(2),
          })
        : t('corrected for magnification {factor}', { factor: calibration.factor.toFixed(2) });
    case 'geometry':
      return t('Pixel Spacing calibrated by geometry');
    case 'fiducial':
      return t('Pixel Spacing calibrated by fiducial');
    case 'pixel-spacing':
      return t('Pixel Spacing');
    case 'none':
      return t('not calibrated');
  }
};

const number = (value: number, digits: number): string =>
  value.toLocaleString(spokenLanguage(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

const unitOf = ({ kind }: Calibration) => (kind === 'none' ? 'px' : 'mm');

/** Millimetres to a tenth, which is about a detector's pixel; pixels whole. */
const length = (value: number, calibration: Calibration): string =>
  number(value, calibration.kind === 'none' ? 0 : 1);

const ellipseLines = (reading: Extract<Reading, { kind: 'ellipse' }>): string[] => {
  const { calibration, width, height, area, values } = reading;
  const [unit, words] = [unitOf(calibration), calibrationWords(calibration)];
  const size = `${length(width, calibration)} × ${length(height, calibration)} ${unit}`;
  const lines = [
    `${size}, ${words}`,
    t('area {area}', { area: `${length(area, calibration)} ${unit}², ${words}` }),
  ];
  if (!values) return lines;
  const grey = { mean: number(values.mean, 0), sd: number(values.sd, 0) };
  const count = t('{count} pixels', { count: number(values.count, 0) });
  const of = values.of === 'stored' ? t('stored values') : t('modality values');
  return [...lines, `${t('mean {mean}, SD {sd}', grey)}, ${of}`, count];
};

/** A reading in lines: each number with its unit and its calibration. */
export const readingLines = (reading: Reading): readonly string[] => {
  const { calibration } = reading;
  const words = calibrationWords(calibration);
  switch (reading.kind) {
    case 'distance':
      return [`${length(reading.length, calibration)} ${unitOf(calibration)}, ${words}`];
    case 'angle':
      return [`${number(reading.degrees, 1)}°, ${words}`];
    case 'ellipse':
      return ellipseLines(reading);
  }
};

export const kindName = (kind: Reading['kind']): string =>
  ({ distance: t('Distance'), ellipse: t('Ellipse'), angle: t('Angle') })[kind];
