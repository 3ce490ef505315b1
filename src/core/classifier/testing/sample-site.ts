import type { SiteCalibration } from '../site-calibration.ts';

/** A calibration of a site's own, of the pack whose manifest has this hash. */
export const sampleSite = (packSha256: string): SiteCalibration => ({
  kind: 'tandem-site-calibration',
  schemaVersion: 1,
  name: 'North clinic',
  createdAt: '2026-11-01T12:00:00+01:00',
  pack: { id: 'tandem-m2', version: '0.3.0', sha256: packSha256 },
  calibration: { a: -0.5, b: 0.7 },
  prevalence: 0.3,
  malignant: 120,
  benign: 280,
  patients: 390,
});
