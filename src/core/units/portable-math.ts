/**
 * Elementary functions made of the operations that IEEE 754 rounds exactly (+ - * / and square root),
 * so that every JavaScript engine gives the same bits. ECMAScript leaves the last bits of Math.exp,
 * Math.log, Math.atan2, Math.sin, Math.hypot and ** to the engine, and a step that follows (a bin, a
 * comparison, the best of several) turns a last bit into another answer. After fdlibm (Sun
 * Microsystems 1993, freely usable): e_exp.c, e_log.c, s_atan.c, k_sin.c, k_cos.c. Errors are below one
 * unit in the last place. Arguments are finite.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;

const LEAST_POWER = -1074;
/** Powers of two from 2 ** LEAST_POWER to 2 ** 1023, made by doubling: exact. */
const powers = (() => {
  const table = new Float64Array(1024 - LEAST_POWER);
  table[-LEAST_POWER] = 1;
  for (let k = 1; k <= 1023; k++)
    table[k - LEAST_POWER] = 2 * (table[k - 1 - LEAST_POWER] as number);
  for (let k = -1; k >= LEAST_POWER; k--)
    table[k - LEAST_POWER] = (table[k + 1 - LEAST_POWER] as number) / 2;
  return table;
})();
/** 2 to the power k, a whole number in [-1074, 1023]; exact. */
export const powerOfTwo = (k: number): number => powers[k - LEAST_POWER] as number;

/** sqrt(x * x + y * y); squares must not overflow, as those of lengths in an image do not. */
export const hypotenuse = (x: number, y: number): number => Math.sqrt(x * x + y * y);

/** e to the power x. 0 and Infinity beyond the range of a double. */
export const exponential = (x: number): number => {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  const size = Math.abs(x);
  let k = 0;
  if (size > 1.5 * Math.LN2) k = Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5));
  else if (size > 0.5 * Math.LN2) k = x < 0 ? -1 : 1;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 1024) return y * 2 * powerOfTwo(1023);
  return k >= -1021 ? y * powerOfTwo(k) : y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
};

/** The double whose power of two is being looked up, and its bits (the higher word is HIGH_WORD). */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
double[0] = 1;
const HIGH_WORD = words[0] === 0 ? 1 : 0;

/** Natural logarithm; -Infinity at 0, NaN below. */
export const logarithm = (x: number): number => {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  const tiny = x < 2.2250738585072014e-308;
  double[0] = tiny ? x * powerOfTwo(54) : x;
  const word = words[HIGH_WORD] as number;
  const bits = word & 0xfffff;
  // Mantissas above the square root of 2 are halved, so that f lies about 0.
  const half = (bits + 0x95f64) & 0x100000;
  words[HIGH_WORD] = bits | (half ^ 0x3ff00000);
  const k = (word >> 20) - 1023 + (half >> 20) - (tiny ? 54 : 0);
  const f = (double[0] as number) - 1;
  if ((0xfffff & (2 + bits)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const r = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - r : k * LN2_HIGH - (r - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = odd + even;
  if (((bits - 0x6147a) | (0x6b851 - bits)) > 0) {
    const square = 0.5 * f * f;
    if (k === 0) return f - (square - s * (square + r));
    return k * LN2_HIGH - (square - (s * (square + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
};

/**
 * Sine and cosine of `steps` parts of a turn of `all` (whole numbers), as [cos, sin]. Quarter turns are
 * exact, and directions that mirror one another have the same digits.
 */
export const unitVector = (steps: number, all: number): readonly [cos: number, sin: number] => {
  const within = ((steps % all) + all) % all;
  const eighth = Math.floor((8 * within) / all);
  // Each eighth of the turn is a mirror image of the first.
  const rest = 8 * within - eighth * all;
  const x = (((eighth % 2 === 0 ? rest : all - rest) / all) * Math.PI) / 4;
  const z = x * x;
  const sin =
    x +
    x *
      z *
      (-1.66666666666666324348e-1 +
        z *
          (8.33333333332248946124e-3 +
            z *
              (-1.98412698298579493134e-4 +
                z *
                  (2.75573137070700676789e-6 +
                    z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)))));
  const fourth =
    z *
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const cos = 1 - (0.5 * z - fourth);
  // In the middle of a quarter both are the same number.
  const middle = rest === 0 && eighth % 2 === 1;
  const [c, s] = middle
    ? [Math.SQRT1_2, Math.SQRT1_2]
    : eighth % 4 === 0 || eighth % 4 === 3
      ? [cos, sin]
      : [sin, cos];
  return [eighth >= 2 && eighth < 6 ? -c : c, eighth >= 4 ? -s : s];
};

const ATAN_HIGH = [
  4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1,
  1.570796326794896558,
];
const ATAN_LOW = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17,
  6.12323399573676603587e-17,
];

const arcTangentOfRatio = (ratio: number): number => {
  let [x, part] = [ratio, -1];
  if (ratio >= 2.4375) [x, part] = [-1 / ratio, 3];
  else if (ratio >= 1.1875) [x, part] = [(ratio - 1.5) / (1 + 1.5 * ratio), 2];
  else if (ratio >= 0.6875) [x, part] = [(ratio - 1) / (ratio + 1), 1];
  else if (ratio >= 0.4375) [x, part] = [(2 * ratio - 1) / (2 + ratio), 0];
  const z = x * x;
  const w = z * z;
  const odd =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w *
                (6.66107313738753120669e-2 +
                  w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const even =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w *
            (-7.69187620504482999495e-2 +
              w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  if (part < 0) return x - x * (odd + even);
  return (ATAN_HIGH[part] as number) - (x * (odd + even) - (ATAN_LOW[part] as number) - x);
};

/** Angle of the point (x, y) to the x axis in (-pi, pi]; 0 at the origin. */
export const angleOf = (y: number, x: number): number => {
  if (x === 0 && y === 0) return 0;
  const first = x === 0 ? Math.PI / 2 : arcTangentOfRatio(Math.abs(y / x));
  const upper = x < 0 ? Math.PI - (first - 1.2246467991473531772e-16) : first;
  return y < 0 ? -upper : upper;
};
