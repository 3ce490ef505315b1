import packageFile from '../../../package.json' with { type: 'json' };
import { appliedTo, type SiteCalibration } from '../../../src/core/classifier/site-calibration.ts';
import { groupImages } from '../../../src/core/dicom/grouping.ts';
import { operatingPointAt } from '../../../src/core/explain/operating-point.ts';
import { scoreCautions } from '../../../src/core/explain/score-cautions.ts';
import { describeLesion } from '../../../src/core/features/analytic/described.ts';
import {
  findingsAt,
  lookOver,
  type ExamLook,
  type Finding,
  type OperatingPoint,
} from '../../../src/core/finder/second-look.ts';
import { falseMarksNote, imageryOf } from '../../../src/core/lesion/finder-scope.ts';
import { originOf } from '../../../src/core/lesion/joining.ts';
import type { ViewInput } from '../../../src/core/lesion/view-input.ts';
import { message, type Message } from '../../../src/core/message/message.ts';
import { isNotShipped } from '../../../src/core/pack/shipped.ts';
import {
  buildCaseReport,
  type ReportedLesion,
} from '../../../src/core/report/build-case-report.ts';
import type { CaseReport } from '../../../src/core/report/case-report.ts';
import { BATCH, type ReportSecondLook } from '../../../src/core/report/report-second-look.ts';
import { identityOf } from '../../../src/core/report/reported-image.ts';
import { localMoment } from '../../../src/core/units/local-moment.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { uuidOf } from '../job-identity.ts';
import type { Chain, MarkedView } from './chain.ts';
import type { Exam, RefusedImage, SeenImage } from './exam.ts';

/** The page's own first choice of the operating point that scores are held against. */
const SPECIFICITY = 0.8;
const ENGINE = 'wasm, Node.js';
const say = (said: Message): string => sayIn('en', said);

/** What a report says of the pack beside its name. */
export interface PackIdentity {
  /** Of the manifest. */
  readonly sha256: string;
  /** A site's own calibration; applied where it is of this pack, as in the page. */
  readonly site?: SiteCalibration | undefined;
}

const describedOf = (inputs: readonly ViewInput[]) => {
  const all = inputs.flatMap(({ described }) => (described ? [described] : []));
  return all.length === inputs.length ? describeLesion(all) : undefined;
};

const markedView = (
  image: SeenImage,
  mark: Finding['marks'][number],
  { read }: Exam,
): MarkedView => ({
  working: image.working,
  box: mark.box,
  origin: originOf(image.header, read),
});

/** A finding with its score, as the page has a lesion that was accepted from the finder. */
const scoredLesion = async (
  chain: Chain,
  exam: Exam,
  finding: Finding,
  number: number,
  person: string,
  { sha256, site }: PackIdentity,
): Promise<ReportedLesion> => {
  const siteCalibration = appliedTo(site, sha256);
  const { manifest, reference } = chain.pack;
  const images = finding.marks.map(
    ({ sopInstanceUid }) =>
      exam.seen.find(({ header }) => header.sopInstanceUid === sopInstanceUid) as SeenImage,
  );
  const lesion = {
    id: uuidOf(finding.id),
    patientKey: person,
    number,
    marks: Object.fromEntries(
      finding.marks.map(({ sopInstanceUid, box }) => [sopInstanceUid, box]),
    ),
  };
  const views = finding.marks.map((mark, i) => markedView(images[i] as SeenImage, mark, exam));
  const scored = await chain.score(views);
  if (!scored.ok) return { lesion, scoreProblem: scored.error };
  const { score, inputs } = scored.value;
  const operatingPoint = operatingPointAt(reference, SPECIFICITY);
  return {
    lesion,
    outlines: Object.fromEntries(
      inputs.flatMap(({ contour }, i) =>
        contour.polygon.length < 3
          ? []
          : [
              [
                finding.marks[i]?.sopInstanceUid,
                contour.polygon.map(({ x, y }) => [x, y] as const),
              ],
            ],
      ),
    ),
    cautions: scoreCautions({
      score,
      origins: views.map(({ origin }) => origin),
      outlineQualities: inputs.map(({ contour }) => contour.quality),
      scopeTexts: images.map(({ reported }) => reported.warnings.map(({ text }) => text)),
      described: describedOf(inputs),
      reference,
      nipples: undefined,
      isPackForeign: isNotShipped(manifest),
    }),
    scored: {
      views: finding.marks.map(({ sopInstanceUid }) => sopInstanceUid),
      score,
      assumedPrevalence: manifest.prevalence.assumed,
      ...(siteCalibration && { siteCalibration }),
      ...(operatingPoint && { operatingPoint }),
      engine: ENGINE,
    },
  };
};

/** Where marks are cut, as the page does until a reader chooses otherwise. */
export const defaultPoint = ({ finder }: Chain): OperatingPoint => {
  const { operatingPoints, defaultFalseMarks } = finder;
  const point = operatingPoints.find(({ falseMarks }) => falseMarks === defaultFalseMarks);
  return point ?? (operatingPoints[0] as OperatingPoint);
};

/** The finder as the page names it, and its key: the hashes of its files. */
const finderOf = ({ pack: { manifest }, finder }: Chain) => ({
  name: `${manifest.id} ${manifest.version}, finder ${finder.version}`,
  key: ['finder.json', 'finder.bin', 'finder-rules.json']
    .map((path) => manifest.files[path]?.sha256.slice(0, 8) ?? '')
    .join('-'),
});

const inWords = ({ sopInstanceUid, reason }: RefusedImage) => ({
  sopInstanceUid,
  reason: say(reason),
});

const secondLookOf = (
  chain: Chain,
  exam: Exam,
  { findings, breasts }: ExamLook,
  lesions: readonly ReportedLesion[],
  { sha256, doneAt }: { readonly sha256: string; readonly doneAt: string },
): ReportSecondLook => {
  const { manifest } = chain.pack;
  const { falseMarks } = defaultPoint(chain);
  const listed = new Set(exam.read.map(({ header }) => header.sopInstanceUid));
  const kinds = new Set(exam.seen.map(({ reported }) => imageryOf(reported.warnings)));
  const [notLookedAt, unreadable] = [true, false].map((wanted) =>
    exam.refused.filter(({ sopInstanceUid: uid }) => listed.has(uid) === wanted).map(inWords),
  );
  return {
    studyInstanceUids: [...new Set(exam.read.map(({ header }) => header.studyInstanceUid))],
    doneAt,
    unread: true,
    before: [],
    finder: {
      name: finderOf(chain).name,
      packId: manifest.id,
      packVersion: manifest.version,
      packSha256: sha256,
    },
    falseMarks,
    lookedAt: exam.seen.map(({ header }) => header.sopInstanceUid),
    notLookedAt: notLookedAt ?? [],
    ...(unreadable?.length && { unreadable }),
    breasts: breasts.flatMap(({ side, likelihood }) =>
      side === 'L' || side === 'R' ? [{ side, likelihood }] : [],
    ),
    notes: [
      message('look.masses-only'),
      message('look.never-normal'),
      ...[...kinds].map((kind) => falseMarksNote(kind, falseMarks)),
    ].map(say),
    findings: findings.map(({ id, marks, mass, malignant }, i) => ({
      id,
      rank: i + 1,
      marks: marks.map(({ pixels: _, box, ...mark }) => ({ ...mark, box: { ...box } })),
      mass,
      malignant,
      answer: 'scored',
      lesionId: lesions[i]?.lesion.id,
    })),
  };
};

/** Links and scores what was found on the images of an exam. Throws where no image could be read. */
export const examReport = async (
  chain: Chain,
  exam: Exam,
  identity: PackIdentity,
): Promise<CaseReport> => {
  const { manifest } = chain.pack;
  const { sha256 } = identity;
  const [patient] = groupImages(exam.read.map(({ header }) => ({ header }))).patients;
  const look = lookOver(
    exam.seen.map(({ header, pixels, candidates }) => ({
      sopInstanceUid: header.sopInstanceUid,
      pixels,
      side: header.laterality.value,
      view: header.view.value,
      candidates,
    })),
    { ...chain.finder, finder: finderOf(chain).key },
  );
  const findings = findingsAt(look.findings, defaultPoint(chain));
  const lesions: ReportedLesion[] = [];
  for (const finding of findings)
    lesions.push(
      await scoredLesion(chain, exam, finding, lesions.length + 1, patient?.key ?? '', identity),
    );
  const createdAt = localMoment(new Date());
  const report = buildCaseReport({
    say,
    createdAt,
    program: { name: 'Tandem CADx', version: packageFile.version, installation: BATCH },
    pack: {
      id: manifest.id,
      version: manifest.version,
      name: manifest.name,
      sha256,
    },
    images: exam.read,
    lesions,
    ...identityOf(exam.read),
  });
  const looked = secondLookOf(chain, exam, { ...look, findings }, lesions, {
    sha256,
    doneAt: createdAt,
  });
  return { ...report, secondLooks: [looked] };
};
