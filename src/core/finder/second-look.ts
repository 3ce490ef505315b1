import type { Calibration } from '../classifier/calibration.ts';
import type { Box } from '../geometry/box.ts';
import type { PixelIdentity } from '../image/pixel-identity.ts';
import { isSamePlace } from './candidates.ts';
import { examScore } from './exam-score.ts';
import { linkMasses, rescore, type FoundMass, type Rescoring } from './rescore.ts';
import type { ViewCandidate } from './view-cues.ts';

/** A view of one exam that the network has looked at. */
export interface LookedView {
  readonly sopInstanceUid: string;
  readonly pixels: PixelIdentity;
  /** "R", "L"; a view of unknown side is linked to no other. */
  readonly side: string | undefined;
  /** "CC", "MLO", ...; undefined where it is not known. */
  readonly view: string | undefined;
  /** Best first, as the network gave them. */
  readonly candidates: readonly ViewCandidate[];
}

/** Where one view shows a finding. */
export interface FindingMark {
  readonly sopInstanceUid: string;
  /** The pixels that it was found on: it belongs on no others. */
  readonly pixels: PixelIdentity;
  /** Stored pixels, inside the image. */
  readonly box: Box;
  /** Probability of a mass, as among the archive's films; operating points cut here. */
  readonly mass: number;
  /** Probability of a malignant mass, likewise. */
  readonly malignant: number;
}

/** A place that looks like a mass to the finder, in one view or linked over CC and MLO. */
export interface Finding {
  /** Of the images, their pixels and the marks' ranks there: the same finding has it again. */
  readonly id: string;
  readonly side?: string | undefined;
  /** One or two, in the order of the views. */
  readonly marks: readonly FindingMark[];
  /** Mean of the marks. */
  readonly mass: number;
  readonly malignant: number;
}

/** What a second look at the views of one exam gives. */
export interface ExamLook {
  /** Most suspicious (`malignant`) first, the faintest among them. */
  readonly findings: readonly Finding[];
  /**
   * Likelihood of a malignant mass in each breast that has a finding, among breasts recalled for a
   * mass (see exam-score): no word on a breast without one.
   */
  readonly breasts: readonly { readonly side: string; readonly likelihood: number }[];
  readonly exam: number | undefined;
}

/** A threshold of `mass`, with what it was worth on the archive's films, cross-validated. */
export interface OperatingPoint {
  /** Marks an image that held no lesion. */
  readonly falseMarks: number;
  readonly threshold: number;
  readonly sensitivity: number;
  readonly interval: readonly [low: number, high: number];
}

/** What of a pack's finder makes scores of candidates. */
export interface LookModels {
  /** Names the finder in the ids of findings: those of another finder are other findings. */
  readonly finder: string;
  readonly rescoring: Rescoring;
  readonly breastCalibration: Calibration;
}

/** In the id of a finding. */
const BETWEEN_MARKS = '+';

/** The finding is of one finder, one image's pixels and one place there, whatever is opened beside it. */
export const isSameFinding = (a: Finding, b: Finding): boolean =>
  a.id === b.id &&
  a.marks.every((mark) => {
    const other = b.marks.find(({ sopInstanceUid }) => sopInstanceUid === mark.sopInstanceUid);
    return other !== undefined && isSamePlace(mark.box, other.box);
  });

/** What the id of a finding is made of: one for each of its marks, whatever that is linked with. */
export const markIdsOf = (id: string): readonly string[] => id.split(BETWEEN_MARKS);

/** Whether a finding is another one, or what is left of it where its marks are not linked any more. */
export const isPartOf = (part: Finding, whole: Finding): boolean => {
  const ids = new Set(markIdsOf(whole.id));
  return (
    markIdsOf(part.id).every((id) => ids.has(id)) &&
    isSameFinding({ ...part, id: '' }, { ...whole, id: '' })
  );
};

/** Edges on whole pixels, as marks are drawn and exported. */
const onPixels = ({ x, y, width, height }: Box): Box => {
  const [left, top] = [Math.round(x), Math.round(y)];
  return {
    x: left,
    y: top,
    width: Math.round(x + width) - left,
    height: Math.round(y + height) - top,
  };
};

const breastOf = ({ side, sopInstanceUid }: LookedView): string => side ?? `? ${sopInstanceUid}`;

const idIn = (finder: string, view: LookedView, box: Box): string => {
  const rank = view.candidates.findIndex((candidate) => candidate.box === box);
  return `${finder}/${view.sopInstanceUid}/${view.pixels.digest}/${rank + 1}`;
};

const findingOf = (finder: string, views: readonly LookedView[], found: FoundMass): Finding => {
  const marks = [...found.marks].sort((a, b) => a.view - b.view);
  const at = (i: number) => views[i] as LookedView;
  return {
    id: marks
      .map(({ view, candidate }) => idIn(finder, at(view), candidate.box))
      .sort()
      .join(BETWEEN_MARKS),
    side: at(marks[0]?.view ?? 0).side,
    marks: marks.map(({ view, candidate: { box, mass, malignant } }) => {
      const { sopInstanceUid, pixels } = at(view);
      return { sopInstanceUid, pixels, box: onPixels(box), mass, malignant };
    }),
    mass: found.mass,
    malignant: found.malignant,
  };
};

/** Scores and links the candidates of all views of one exam that were looked at. Does not mutate. */
export const lookOver = (
  views: readonly LookedView[],
  { finder, rescoring, breastCalibration }: LookModels,
): ExamLook => {
  const found = views.map((view) => ({
    breast: breastOf(view),
    view: view.view ?? '',
    candidates: view.candidates,
  }));
  const masses = linkMasses(found, rescore(found, rescoring), rescoring.pair);
  const { breasts, exam } = examScore(masses, breastCalibration);
  return {
    findings: masses.map((mass) => findingOf(finder, views, mass)),
    breasts: breasts.flatMap(({ breast, likelihood }) =>
      breast.startsWith('?') ? [] : [{ side: breast, likelihood }],
    ),
    exam,
  };
};

/** Whether a mark is shown at a threshold. */
export const reaches = (mark: Pick<FindingMark, 'mass'>, { threshold }: { threshold: number }) =>
  mark.mass >= threshold;

/** The findings of which at least one mark reaches the threshold, in their order. */
export const findingsAt = (
  findings: readonly Finding[],
  point: { readonly threshold: number },
): readonly Finding[] => findings.filter(({ marks }) => marks.some((mark) => reaches(mark, point)));
