/** IEEE 754 binary16 bits of a number, rounded to nearest even; beyond 65,504 it is infinite. */
const scratch = new DataView(new ArrayBuffer(4));

export const toHalf = (value: number): number => {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  const half = exponent - 127 + 15;
  if (half >= 0x1f) return sign | 0x7c00;
  if (half < -10) return sign;
  // Below the smallest normal number the leading 1 becomes explicit and shifts right.
  const full = half <= 0 ? mantissa | 0x800000 : mantissa;
  const shift = half <= 0 ? 14 - half : 13;
  const base = half <= 0 ? 0 : half << 10;
  const kept = full >>> shift;
  const rest = full & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  const up = rest > middle || (rest === middle && (kept & 1) === 1) ? 1 : 0;
  return sign | (base + kept + up);
};
