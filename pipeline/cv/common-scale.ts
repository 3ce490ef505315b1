import type { SvmFile } from '../../src/core/classifier/svm-file.ts';

/** Where a machine's own training rows lie: midway between the classes' mean values, and half their distance. */
export interface Scale {
  readonly middle: number;
  readonly half: number;
}

/**
 * The scale of a machine by its training rows, so that the means of its classes come to lie at -1 and 1. A
 * strongly regularised SVM has next to no free support vector: its bias is then anything within a range,
 * and its values differ from fold to fold in place and width. Their pooled order, and a calibration
 * fitted on them, suffer from that although each fold's order does not.
 */
export const trainingScale = (values: readonly number[], malignant: readonly boolean[]): Scale => {
  const meanOf = (outcome: boolean) => {
    const own = values.filter((_, i) => malignant[i] === outcome);
    return own.reduce((sum, v) => sum + v, 0) / own.length;
  };
  const [benign, cancer] = [meanOf(false), meanOf(true)];
  if (!(cancer > benign)) throw new Error('the machine does not tell its own training rows apart');
  return { middle: (cancer + benign) / 2, half: (cancer - benign) / 2 };
};

export const onScale = ({ middle, half }: Scale, value: number): number => (value - middle) / half;

/** The same machine with its decision values on a scale. */
export const scaledMachine = (svm: SvmFile, scale: Scale): SvmFile => ({
  ...svm,
  coefficients: svm.coefficients.map((c) => c / scale.half),
  bias: onScale(scale, svm.bias),
});
