import packageFile from '../../../package.json' with { type: 'json' };
import { groupImages } from '../../../src/core/dicom/grouping.ts';
import { operatingPointAt } from '../../../src/core/explain/operating-point.ts';
import { scoreCautions } from '../../../src/core/explain/score-cautions.ts';
import { describeLesion } from '../../../src/core/features/analytic/described.ts';
import {
  findingsAt,
  lookOver,
  type Finding,
  type OperatingPoint,
} from '../../../src/core/finder/second-look.ts';
import { originOf } from '../../../src/core/lesion/joining.ts';
import type { ViewInput } from '../../../src/core/lesion/view-input.ts';
import { isNotShipped } from '../../../src/core/pack/shipped.ts';
import {
  buildCaseReport,
  type ReportedLesion,
} from '../../../src/core/report/build-case-report.ts';
import type { CaseReport } from '../../../src/core/report/case-report.ts';
import { identityOf } from '../../../src/core/report/reported-image.ts';
import { localMoment } from '../../../src/core/units/local-moment.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { uuidOf } from '../job-identity.ts';
import type { Chain, MarkedView } from './chain.ts';
import type { Exam, SeenImage } from './exam.ts';

/** The page's own first choice of the operating point that scores are held against. */
const SPECIFICITY = 0.8;
const ENGINE = 'wasm, Node.js';

const measuredOf = (inputs: readonly ViewInput[]) => {
  const all = inputs.flatMap(({ measured }) => (measured ? [measured] : []));
  return all.length === inputs.length ? describeLesion(all) : undefined;
};

const markedView = (
  image: SeenImage,
  mark: Finding['marks'][number],
  person: string,
): MarkedView => ({
  working: image.working,
  box: mark.box,
  origin: originOf(image.header, person),
});

/** A finding with its score, as the page has a lesion that was accepted from the finder. */
const scoredLesion = async (
  chain: Chain,
  exam: Exam,
  finding: Finding,
  number: number,
  person: string,
): Promise<ReportedLesion> => {
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
  const views = finding.marks.map((mark, i) => markedView(images[i] as SeenImage, mark, person));
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
      described: measuredOf(inputs),
      reference,
      nipples: undefined,
      isPackForeign: isNotShipped(manifest),
    }),
    scored: {
      views: finding.marks.map(({ sopInstanceUid }) => sopInstanceUid),
      score,
      assumedPrevalence: manifest.prevalence.assumed,
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

/** Links and scores what was found on the images of an exam. Throws where no image could be read. */
export const examReport = async (
  chain: Chain,
  exam: Exam,
  manifestSha256: string,
): Promise<CaseReport> => {
  const { manifest } = chain.pack;
  const [patient] = groupImages(exam.read.map(({ header }) => ({ header }))).patients;
  const { findings } = lookOver(
    exam.seen.map(({ header, pixels, candidates }) => ({
      sopInstanceUid: header.sopInstanceUid,
      pixels,
      side: header.laterality.value,
      view: header.view.value,
      candidates,
    })),
    {
      ...chain.finder,
      finder: `${manifest.id} ${manifest.version} finder ${chain.finder.version}`,
    },
  );
  const lesions: ReportedLesion[] = [];
  for (const finding of findingsAt(findings, defaultPoint(chain)))
    lesions.push(await scoredLesion(chain, exam, finding, lesions.length + 1, patient?.key ?? ''));
  return buildCaseReport({
    say: (said) => sayIn('en', said),
    createdAt: localMoment(new Date()),
    program: { name: 'Tandem CADx', version: packageFile.version, installation: 'archive' },
    pack: {
      id: manifest.id,
      version: manifest.version,
      name: manifest.name,
      sha256: manifestSha256,
    },
    images: exam.read,
    lesions,
    ...identityOf(exam.read),
  });
};
