import { SITE_LESIONS_LEAST } from '../../src/core/classifier/site-calibration.ts';
import type { validate } from './validate.ts';
import { f3, mainTable, range, subgroupTable, table } from '../report/markdown.ts';

type SiteValidation = Omit<Awaited<ReturnType<typeof validate>>, 'answers'>;

/**
 * Lesions of each outcome below which calibration and differences between groups are mostly chance
 * (Collins, Ogundimu, Altman, Stat Med 35:214-226, 2016: 100 events and 100 non-events at least).
 */
export const ENOUGH = SITE_LESIONS_LEAST;

const sizeText = ({ site }: SiteValidation): string => {
  if (!site) return 'No lesion has a known outcome and a score, so there are no figures.';
  const { n, positives } = site.perLesion;
  const least = Math.min(positives, n - positives);
  return least < ENOUGH
    ? `**Small**: ${positives} malignant and ${n - positives} benign lesions; at least ${ENOUGH} of each are wanted (Collins 2016). Read the intervals, not the figures, and do not adjust a calibration by them.`
    : `${positives} malignant and ${n - positives} benign lesions.`;
};

const problemsText = ({ problems }: SiteValidation): string =>
  problems.length
    ? table(
        ['line', 'what was left out, and why'],
        problems.map(({ line, reason }) => [line ? String(line) : '', reason.replaceAll('|', '/')]),
      )
    : 'Nothing was left out.';

const figuresText = (report: SiteValidation): string => {
  const { site, arms, prevalence } = report;
  if (!site) return '';
  const { perLesion } = site;
  const calibration = perLesion.calibration
    ? `slope ${f3(perLesion.calibration.slope)}, intercept ${f3(perLesion.calibration.intercept)}`
    : 'no calibration line';
  return `## Result

${mainTable(
  Object.entries(arms).flatMap(([arm, { perLesion: lesion, perView: view }]) => [
    [`${arm}, lesion`, lesion] as const,
    [`${arm}, single view`, view] as const,
  ]),
)}

Calibration above is at the pack's prevalence (${(100 * prevalence).toFixed(1)} %). Restated, as the page does it, to this site's (${(100 * site.prevalence).toFixed(1)} %): ECE ${f3(perLesion.ece)}, Brier ${f3(perLesion.brier)}, ${calibration}.

${perLesion.operatingPoints
  .map(
    (p) =>
      `At specificity ${f3(p.specificity)} the sensitivity is ${f3(p.sensitivity)} (${range(p.interval)}).`,
  )
  .join(' ')}
${perLesion.auc ? '\n![ROC](roc.svg) ![Reliability](reliability.svg)\n' : ''}
## Subgroups

${subgroupTable(report.subgroups)}
`;
};

/** validation.md: what a site's own lesions say of a pack. */
export const siteReport = (
  report: SiteValidation,
): string => `# Validation of ${report.pack.id} ${report.pack.version}

${sizeText(report)} The pack is for research; this page measures it on the images given and says nothing about others. AUC intervals: DeLong takes lesions as independent, the bootstrap draws whole patients.

${figuresText(report)}
## Left out

${problemsText(report)}
`;
