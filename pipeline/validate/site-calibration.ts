import { fitPlatt, logit } from '../../src/core/classifier/calibration.ts';
import {
  SITE_CALIBRATION_KIND,
  SITE_LESIONS_LEAST,
  type SiteCalibration,
} from '../../src/core/classifier/site-calibration.ts';
import { err, ok, type Result } from '../../src/core/message/result.ts';

export interface SiteCase {
  readonly patient: string;
  readonly malignant: boolean;
  /** The pack's fused likelihood at its training prevalence. */
  readonly likelihood: number;
}

/**
 * Platt's sigmoid over the logit of the pack's likelihood, fitted on a site's lesions; refused below
 * the stated size, and where the pack does not order these lesions better than chance.
 */
export const siteCalibrationOf = (
  cases: readonly SiteCase[],
  of: Pick<SiteCalibration, 'name' | 'createdAt' | 'pack'>,
): Result<SiteCalibration, string> => {
  const malignant = cases.filter((c) => c.malignant).length;
  const benign = cases.length - malignant;
  if (Math.min(malignant, benign) < SITE_LESIONS_LEAST)
    return err(
      `no site calibration: ${malignant} malignant and ${benign} benign lesions, at least ${SITE_LESIONS_LEAST} of each are needed (Collins 2016)`,
    );
  const calibration = fitPlatt(
    cases.map((c) => logit(c.likelihood)),
    cases.map((c) => c.malignant),
  );
  if (!(calibration.a < 0))
    return err('no site calibration: malignant lesions do not score higher than benign ones here');
  return ok({
    kind: SITE_CALIBRATION_KIND,
    schemaVersion: 1,
    ...of,
    calibration,
    prevalence: malignant / cases.length,
    malignant,
    benign,
    patients: new Set(cases.map((c) => c.patient)).size,
  });
};
