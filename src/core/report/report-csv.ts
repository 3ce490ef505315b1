import { type Arm, ARMS } from '../classifier/arms.ts';
import { asAssumed, viewAsAssumed } from './prevalence.ts';
import type { CaseReport, ReportImage } from './case-report.ts';
import { type ReportLesion, type ReportMark, scoreCautionTexts } from './report-lesion.ts';
import { findingOfLesion, type Found, looseFindings } from './report-second-look.ts';

type Cell = string | number | undefined;

/**
 * A spreadsheet runs a cell that begins with one of these, half or full width, as a formula; text
 * that does so is given an apostrophe first (OWASP, CSV injection). Numbers of ours are written
 * bare: -1.5 stays a number.
 */
const FORMULA_START = /^[\s\0]*[=+\-@\t\r\n＝＋－＠]/;

/**
 * One field of RFC 4180. Every text is quoted: programs part cells at other characters than commas
 * too, and what stands behind a semicolon must not become a cell of its own.
 */
export const csvField = (cell: Cell): string => {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return cell === '' ? '' : `"${safe.replaceAll('"', '""')}"`;
};

interface Row {
  readonly report: CaseReport;
  /** One without an id and number where the line is of a finding that is no lesion of the reader. */
  readonly lesion: Partial<ReportLesion>;
  readonly mark: ReportMark;
  readonly image: ReportImage | undefined;
  /** What the second look found there, where the reader has asked for it. */
  readonly found: Found | undefined;
}

const armScore = (arm: Arm) => (row: Row) => {
  const { score } = row.lesion;
  const at = score?.views.indexOf(row.mark.sopInstanceUid) ?? -1;
  return score?.arms.find((a) => a.arm === arm)?.viewScores[at];
};
const armMean = (arm: Arm) => (row: Row) =>
  row.lesion.score?.arms.find((a) => a.arm === arm)?.score;
const fused = (part: 'value' | 'low' | 'high') => (row: Row) => row.lesion.score?.likelihood[part];
const shown = (part: 'value' | 'low' | 'high') => (row: Row) =>
  row.lesion.score && asAssumed(row.lesion.score, row.lesion.score.likelihood[part]);
const study = (row: Row) =>
  row.report.studies.find((s) => s.studyInstanceUid === row.image?.studyInstanceUid);
const outline = ({ mark }: Row) => mark.outline?.map(([x, y]) => `${x} ${y}`).join(';');
const warnings = ({ image, mark }: Row) =>
  [...(image?.warnings ?? []), ...(mark.warnings ?? [])].map((w) => w.text).join(' ');
/** What speaks against the score of the lesion; what its images are stands in `warnings`. */
const cautions = ({ lesion }: Row) => scoreCautionTexts(lesion).join(' ');
/** The last assessment before a score was seen, and the last after. */
const lastReading = (scoreShown: boolean) => (row: Row) =>
  row.lesion.assessments?.findLast((reading) => reading.scoreShown === scoreShown);
const before = lastReading(false);
const after = lastReading(true);
const place = ({ lesion: { location } }: Row) =>
  location && [location.vertical, location.horizontal].filter(Boolean).join(' ');

/** The second look at the exam that a line is of. */
const lookOf = ({ report: { secondLooks = [] }, image }: Row) =>
  secondLooks.find((look) => look.studyInstanceUids.includes(image?.studyInstanceUid ?? ''));
const ownLookDone = (row: Row) => lookOf(row)?.doneAt;
const markedBefore = (row: Row) => {
  const [look, { id }] = [lookOf(row), row.lesion];
  if (!look || id === undefined) return undefined;
  return look.before.some((lesion) => lesion.id === id) ? 'yes' : 'no';
};

/** Name of the column, then its value for a lesion-view. `likelihood*` is at the training prevalence. */
const columnsOf = (arms: readonly Arm[]): readonly (readonly [string, (row: Row) => Cell])[] => [
  ['patient_id', (r) => r.report.patient.id],
  ['study_date', (r) => study(r)?.date],
  ['study_instance_uid', (r) => r.image?.studyInstanceUid],
  ['series_instance_uid', (r) => r.image?.seriesInstanceUid],
  ['sop_instance_uid', (r) => r.mark.sopInstanceUid],
  ['laterality', (r) => r.image?.laterality],
  ['view', (r) => r.image?.view],
  ['laterality_source', (r) => r.image?.lateralitySource],
  ['view_source', (r) => r.image?.viewSource],
  ['view_in_file', (r) => r.image?.viewInFile],
  ['view_modifiers', (r) => r.image?.viewModifiers.join(';')],
  ['rows', (r) => r.image?.rows],
  ['columns', (r) => r.image?.columns],
  ['row_spacing_mm', (r) => r.image?.spacing?.row],
  ['column_spacing_mm', (r) => r.image?.spacing?.column],
  ['spacing_source', (r) => r.image?.spacing?.source],
  ['lesion', (r) => r.lesion.number],
  ['lesion_id', (r) => r.lesion.id],
  ['box_x', (r) => r.mark.box.x],
  ['box_y', (r) => r.mark.box.y],
  ['box_width', (r) => r.mark.box.width],
  ['box_height', (r) => r.mark.box.height],
  ['outline', outline],
  ['longest_mm', (r) => r.mark.longest?.mm],
  ['longest_of', (r) => r.mark.longest?.of],
  ...arms.map((arm) => [`view_score_${arm}`, armScore(arm)] as const),
  [
    'view_likelihood',
    (r) => r.lesion.score?.viewLikelihoods[r.lesion.score.views.indexOf(r.mark.sopInstanceUid)],
  ],
  ...arms.map((arm) => [`score_${arm}`, armMean(arm)] as const),
  ['likelihood', fused('value')],
  ['likelihood_low', fused('low')],
  ['likelihood_high', fused('high')],
  ['training_prevalence', (r) => r.lesion.score?.trainingPrevalence],
  ['assumed_prevalence', (r) => r.lesion.score?.assumedPrevalence],
  ['site_calibration', (r) => r.lesion.score?.siteCalibration?.name],
  ['likelihood_assumed', shown('value')],
  ['likelihood_assumed_low', shown('low')],
  ['likelihood_assumed_high', shown('high')],
  [
    'view_likelihood_assumed',
    (r) => r.lesion.score && viewAsAssumed(r.lesion.score, r.mark.sopInstanceUid),
  ],
  ['operating_point', (r) => r.lesion.score?.operatingPoint?.name],
  ['operating_point_likelihood', (r) => r.lesion.score?.operatingPoint?.likelihood],
  ['score_problem', (r) => r.lesion.scoreProblem],
  ['warnings', warnings],
  ['cautions', cautions],
  ['reader_bi_rads_before', (r) => before(r)?.biRads],
  ['reader_suspicion_before', (r) => before(r)?.suspicion],
  ['reader_at_before', (r) => before(r)?.at],
  ['reader_bi_rads_after', (r) => after(r)?.biRads],
  ['reader_suspicion_after', (r) => after(r)?.suspicion],
  ['reader_at_after', (r) => after(r)?.at],
  ['reader_shape', (r) => r.lesion.descriptors?.shape],
  ['reader_margin', (r) => r.lesion.descriptors?.margin],
  ['reader_density', (r) => r.lesion.descriptors?.density],
  ['reader_calcifications', (r) => r.lesion.descriptors?.calcifications],
  ['same_as_lesion_id', (r) => r.lesion.sameAs],
  ['earlier_date', (r) => r.lesion.followUp?.date],
  ['earlier_mm', (r) => r.lesion.followUp?.then.mm],
  ['now_mm', (r) => r.lesion.followUp?.now.mm],
  ['change_mm_a_year', (r) => r.lesion.followUp?.mmAYear],
  ['score_first_seen', (r) => r.lesion.reveal?.at],
  ['reader_note', (r) => r.lesion.notes],
  ['location', place],
  ['location_region', (r) => r.lesion.location?.region],
  ['location_clock', (r) => r.lesion.location?.clock],
  ['location_depth', (r) => r.lesion.location?.depth],
  ['nipple_x', (r) => r.image?.nipple?.x],
  ['nipple_y', (r) => r.image?.nipple?.y],
  ['nipple_source', (r) => r.image?.nipple?.source],
  ['pack', (r) => r.report.pack?.id],
  ['pack_version', (r) => r.report.pack?.version],
  ['pack_sha256', (r) => r.report.pack?.sha256],
  ['program', (r) => `${r.report.program.name} ${r.report.program.version}`],
  ['exported_at', (r) => r.report.createdAt],
  ['use', (r) => r.report.use],
];

/** In a table of reports of which one at least has a second look. */
const SECOND_LOOK_COLUMNS: ReturnType<typeof columnsOf> = [
  ['second_look_rank', (r) => r.found?.finding.rank],
  ['second_look_answer', (r) => r.found?.finding.answer],
  ['second_look_reason', (r) => r.found?.finding.reason?.text],
  ['second_look_answered_at', (r) => r.found?.finding.at],
  ['second_look_mass_probability', (r) => r.found?.finding.mass],
  ['second_look_false_marks', (r) => r.found?.look.falseMarks],
  ['second_look_finder', (r) => r.found?.look.finder.name],
  ['own_look_done_at', ownLookDone],
  ['marked_before_second_look', markedBefore],
];

const imageIn = ({ images }: CaseReport, { sopInstanceUid }: ReportMark) =>
  images.find((image) => image.sopInstanceUid === sopInstanceUid);

const rowsOf = (report: CaseReport): Row[] => [
  ...report.lesions.flatMap((lesion) =>
    lesion.marks.map((mark) => ({
      report,
      lesion,
      mark,
      image: imageIn(report, mark),
      found: findingOfLesion(report, lesion.id),
    })),
  ),
  ...looseFindings(report).flatMap((found) =>
    found.finding.marks.map((mark) => ({
      report,
      lesion: { location: found.finding.location },
      mark,
      image: imageIn(report, mark),
      found,
    })),
  ),
];

/**
 * One line a lesion-view after a line of names (RFC 4180, UTF-8, CRLF), then one a view of each finding
 * of the second look that is no lesion of the reader: its columns `lesion` are empty. Give several reports to
 * have one table of several patients.
 */
export const formatCsv = (reports: readonly CaseReport[]): string => {
  const scores = reports.flatMap(({ lesions }) => lesions.flatMap(({ score }) => score ?? []));
  const used = scores.flatMap(({ arms }) => arms.map(({ arm }) => arm));
  const columns = [
    ...columnsOf([...new Set([...ARMS, ...used])]),
    ...(reports.some(({ secondLooks }) => secondLooks) ? SECOND_LOOK_COLUMNS : []),
  ];
  return [
    columns.map(([name]) => name),
    ...reports.flatMap(rowsOf).map((row) => columns.map(([, value]) => csvField(value(row)))),
  ]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');
};
