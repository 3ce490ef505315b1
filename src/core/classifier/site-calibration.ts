import { z } from 'zod';
import { message, type Message } from '../message/message.ts';
import { err, type Result } from '../message/result.ts';
import { checkedBy } from '../message/schema-problems.ts';
import type { Likelihood } from '../units/units.ts';
import { atPrevalence, recalibrate } from './calibration.ts';

/** Malignant, and benign, lesions that a calibration is fitted on at least (Collins, Ogundimu, Altman, Stat Med 35:214, 2016). */
export const SITE_LESIONS_LEAST = 100;

export const SITE_CALIBRATION_KIND = 'tandem-site-calibration';

const count = z.int().min(SITE_LESIONS_LEAST);

/**
 * What a site's own lesions with known outcomes say of a pack's likelihoods: `npm run validate` writes
 * it, and the page may load it beside the pack.
 */
export const siteCalibrationSchema = z.object({
  kind: z.literal(SITE_CALIBRATION_KIND),
  schemaVersion: z.literal(1),
  /** As the site calls it; stands beside every score. */
  name: z.string().trim().min(1).max(80),
  createdAt: z.iso.datetime({ offset: true }),
  /** The one pack that it is of; `sha256` is that of its manifest. */
  pack: z.object({
    id: z.string(),
    version: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  /**
   * Platt's sigmoid over the logit of the pack's fused likelihood; a is negative, so that it never
   * changes the order of two lesions.
   */
  calibration: z.object({ a: z.number().lt(0), b: z.number() }),
  /** Share of malignant lesions among those it was fitted on: what the sigmoid answers at. */
  prevalence: z.number().gt(0).lt(1),
  malignant: count,
  benign: count,
  patients: z.int().positive(),
});
export type SiteCalibration = Readonly<z.infer<typeof siteCalibrationSchema>>;

/** What a score needs of it to be restated: this much goes into reports. */
export const appliedSiteCalibrationSchema = siteCalibrationSchema
  .pick({ calibration: true, prevalence: true })
  .extend({ name: z.string().min(1).max(80), lesions: z.int().positive() });
export type AppliedSiteCalibration = Readonly<z.infer<typeof appliedSiteCalibrationSchema>>;

/** The part that is applied, where the calibration is of this very pack; else undefined. */
export const appliedTo = (
  site: SiteCalibration | undefined,
  packSha256: string | undefined,
): AppliedSiteCalibration | undefined => {
  if (!site || site.pack.sha256 !== packSha256) return undefined;
  const { name, calibration, prevalence, malignant, benign } = site;
  return { name, calibration, prevalence, lesions: malignant + benign };
};

/** Reads a site calibration from its file, which must be of the pack with this manifest. */
export const readSiteCalibration = (
  text: string,
  packSha256: string | undefined,
): Result<SiteCalibration, Message> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err(message('site.not-json'));
  }
  if ((json as { kind?: unknown } | null)?.kind !== SITE_CALIBRATION_KIND)
    return err(message('site.foreign'));
  const checked = checkedBy(siteCalibrationSchema, json);
  if (!checked.ok) return err(message('site.damaged', { reason: checked.error }));
  const { pack } = checked.value;
  if (pack.sha256 !== packSha256)
    return err(message('site.other-pack', { pack: `${pack.id} ${pack.version}` }));
  return checked;
};

export interface Restating {
  /** Prevalence of the data that the pack was calibrated on. */
  readonly training: number;
  /** The one that likelihoods are shown at. */
  readonly assumed: number;
  readonly site?: AppliedSiteCalibration | undefined;
}

/**
 * A fused likelihood at the training prevalence as it is shown: calibrated by the site's lesions where
 * there is such a calibration, then at the assumed prevalence. Untouched, to the last digit, where
 * neither changes anything.
 */
export const restated = (
  likelihood: Likelihood,
  { training, assumed, site }: Restating,
): Likelihood => {
  const from = site?.prevalence ?? training;
  const own = site ? recalibrate(site.calibration, likelihood) : likelihood;
  return from === assumed ? own : atPrevalence(own, from, assumed);
};
