import { describe, expect, it } from 'vitest';
import { restated, siteCalibrationSchema } from '../../src/core/classifier/site-calibration.ts';
import { seededRandom } from '../../src/core/stats/random.ts';
import type { Likelihood } from '../../src/core/units/units.ts';
import { siteCalibrationOf } from './site-calibration.ts';

const OF = {
  name: 'North clinic',
  createdAt: '2026-11-01T12:00:00Z',
  pack: { id: 'p', version: '1', sha256: 'a'.repeat(64) },
};
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Lesions of which a pack says twice the logit that is true, and half a logit too much. */
const overconfident = (n: number) => {
  const random = seededRandom(3);
  return Array.from({ length: n }, (_, i) => {
    const truth = 4 * random() - 2.5;
    return {
      patient: `P${i >> 1}`,
      malignant: random() < sigmoid(truth),
      likelihood: sigmoid(2 * truth + 0.5),
    };
  });
};

describe('siteCalibrationOf', () => {
  it('finds what turns the likelihoods of the pack into those of the site', () => {
    const made = siteCalibrationOf(overconfident(6000), OF);
    if (!made.ok) throw new Error(made.error);
    const site = siteCalibrationSchema.parse(JSON.parse(JSON.stringify(made.value)));
    expect(site.calibration.a).toBeCloseTo(-0.5, 1);
    expect(site.patients).toBe(3000);
    const { name, calibration, prevalence } = site;
    const at = {
      training: 0.48,
      assumed: prevalence,
      site: { name, calibration, prevalence, lesions: 6000 },
    };
    for (const truth of [-1.5, 0, 1]) {
      const said = sigmoid(2 * truth + 0.5) as Likelihood;
      expect(Math.abs(restated(said, at) - sigmoid(truth))).toBeLessThan(0.03);
    }
  });

  it('refuses fewer than 100 of each outcome, with the numbers', () => {
    const few = siteCalibrationOf(overconfident(150), OF);
    expect(few).toMatchObject({
      ok: false,
      error: expect.stringMatching(/\d+ malignant and \d+ benign/) as string,
    });
  });

  it('refuses where the pack orders no better than chance', () => {
    const turned = overconfident(2000).map((c) => ({ ...c, malignant: !c.malignant }));
    expect(siteCalibrationOf(turned, OF)).toMatchObject({ ok: false });
  });
});
