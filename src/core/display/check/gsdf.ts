/** Numerator and denominator in ln j, and the inverse in log10 L, lowest power first: DICOM PS3.14 7.1. */
const ABOVE = [-1.3011877, 8.0242636e-2, 1.3646699e-1, -2.5468404e-2, 1.3635334e-3];
const BELOW = [1, -2.5840191e-2, -1.0320229e-1, 2.874562e-2, -3.1978977e-3, 1.2992634e-4];
const INVERSE = [
  71.498068, 94.593053, 41.912053, 9.8247004, 0.28175407, -1.1878455, -0.18014349, 0.14710899,
  -0.017046845,
];

/** The luminances that the Grayscale Standard Display Function is defined for, cd/m2. */
export const GSDF_RANGE = { low: 0.05, high: 3993.404 } as const;

const polynomial = (factors: readonly number[], x: number): number =>
  factors.reduceRight((sum, factor) => sum * x + factor, 0);

/** Luminance, cd/m2, of a JND index of 1 to 1023, whole or not. */
export const luminanceOfJnd = (jnd: number): number => {
  const ln = Math.log(jnd);
  return 10 ** (polynomial(ABOVE, ln) / polynomial(BELOW, ln));
};

/** JND index of a luminance within GSDF_RANGE, cd/m2. */
export const jndOfLuminance = (luminance: number): number =>
  polynomial(INVERSE, Math.log10(luminance));
