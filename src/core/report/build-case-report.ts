import type { AppliedSiteCalibration } from '../classifier/site-calibration.ts';
import type { Message } from '../message/message.ts';
import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import { isCorrected, viewInFile } from '../dicom/view-correction.ts';
import { openQuestions } from '../dicom/view-doubts.ts';
import type { ScopeReason } from '../lesion/scope.ts';
import type { Caution } from '../explain/score-cautions.ts';
import { takenOverCautions } from '../explain/taken-over-cautions.ts';
import type { Lesion } from '../lesion/lesion.ts';
import { isUndescribed } from '../lesion/mass-descriptors.ts';
import { type SizedView, sizeOn } from '../lesion/lesion-size.ts';
import type { LesionScore } from '../lesion/types.ts';
import { CASE_REPORT_KIND, CASE_REPORT_SCHEMA_VERSION } from './case-report.ts';
import type { CaseReport, ReportImage, ReportPatient, ReportStudy } from './case-report.ts';
import { type ReportedSecondLook, toSecondLook } from './build-second-look.ts';
import type { KeyImage } from './key-image.ts';
import type { LesionLocation } from '../lesion/location.ts';
import type { ReportFollowUp, ReportLesion, ReportMark, ReportScore } from './report-lesion.ts';

type Points = readonly (readonly [number, number])[];

export interface ReportedImage {
  readonly header: MammogramHeader;
  readonly rows: number;
  readonly columns: number;
  readonly pixelDigest?: string;
  readonly spacing?: ReportImage['spacing'];
  readonly display?: ReportImage['display'];
  readonly contentDate?: string;
  readonly nipple?: ReportImage['nipple'];
  readonly measurements?: ReportImage['measurements'];
  readonly warnings: readonly ScopeReason[];
}

export interface ReportedLesion {
  readonly lesion: Lesion;
  /** By SOP Instance UID. */
  readonly outlines?: Readonly<Record<string, Points>>;
  readonly scored?: {
    /** SOP Instance UIDs in the order of the score's view lists. */
    readonly views: readonly string[];
    readonly score: LesionScore;
    readonly assumedPrevalence: number;
    readonly siteCalibration?: AppliedSiteCalibration;
    readonly operatingPoint?: ReportScore['operatingPoint'];
    readonly engine: string;
  };
  /** What speaks against trusting the score. */
  readonly cautions?: readonly Caution[];
  readonly scoreProblem?: Message;
  readonly location?: LesionLocation | undefined;
  /** On each view that has a scale. */
  readonly sizes?: readonly SizedView[];
  readonly followUp?: ReportFollowUp | undefined;
  /** What is wrong with a mark, by SOP Instance UID. */
  readonly markWarnings?: Readonly<Record<string, readonly ScopeReason[]>>;
}

/** A message in the words that the report is in. */
type Say = (said: Message) => string;

export interface ReportInput {
  /** English for what leaves as files, the reader's language for paper. */
  readonly say: Say;
  readonly createdAt: string;
  readonly program: CaseReport['program'];
  readonly pack?: CaseReport['pack'];
  readonly images: readonly ReportedImage[];
  readonly lesions: readonly ReportedLesion[];
  /** Of exams whose reader has said that the own look was done. */
  readonly secondLooks?: readonly ReportedSecondLook[];
  readonly keyImages?: readonly KeyImage[];
  /** What headers do not carry yet; taken over where given. */
  readonly patient?: Partial<ReportPatient>;
  readonly studies?: Readonly<Record<string, Partial<ReportStudy>>>;
}

/** "Family, Given Middle" back to a DICOM person name, for headers that keep the readable form only. */
export const personNameOf = (readable: string): string => {
  const [family = '', given = ''] = readable.split(', ', 2);
  const [first = '', ...middle] = given.split(' ');
  return [family, first, middle.join(' ')].join('^').replace(/\^+$/, '');
};

/** The same with its message in words. */
const worded = <T extends { readonly text: Message }>(said: T, say: Say) => ({
  ...said,
  text: say(said.text),
});

const toImage = (image: ReportedImage, say: Say): ReportImage => {
  const {
    header,
    rows,
    columns,
    pixelDigest,
    spacing,
    display,
    contentDate = '',
    nipple,
    measurements = [],
    warnings,
  } = image;
  // A side or view in doubt is none: the warnings say what is claimed.
  const open = openQuestions(header);
  return {
    sopClassUid: header.sopClassUid,
    sopInstanceUid: header.sopInstanceUid,
    seriesInstanceUid: header.seriesInstanceUid,
    studyInstanceUid: header.studyInstanceUid,
    rows,
    columns,
    ...(pixelDigest !== undefined && { pixelDigest }),
    ...(header.laterality.value &&
      open.side.length === 0 && { laterality: header.laterality.value }),
    ...(header.view.value && open.view.length === 0 && { view: header.view.value }),
    lateralitySource: header.laterality.source,
    viewSource: header.view.source,
    ...(isCorrected(header) && { viewInFile: viewInFile(header) }),
    viewModifiers: [...header.viewModifiers],
    ...(header.patientOrientation && { patientOrientation: [...header.patientOrientation] }),
    contentDate,
    contentTime: header.contentTime,
    ...(spacing && { spacing }),
    ...(display && { display }),
    ...(nipple && { nipple }),
    ...(measurements.length > 0 && { measurements }),
    warnings: warnings.map((warning) => worded(warning, say)),
  };
};

const toScore = (scored: NonNullable<ReportedLesion['scored']>): ReportScore => {
  const { views, score, assumedPrevalence, siteCalibration, operatingPoint, engine } = scored;
  return {
    views: [...views],
    arms: score.arms.map((arm) => ({ ...arm, viewScores: [...arm.viewScores] })),
    viewLikelihoods: [...score.viewLikelihoods],
    likelihood: score.likelihood,
    calibrated: true,
    trainingPrevalence: score.trainingPrevalence,
    assumedPrevalence,
    ...(siteCalibration && { siteCalibration }),
    ...(operatingPoint && { operatingPoint }),
    engine,
  };
};

const longestOf = (size: SizedView): NonNullable<ReportMark['longest']> => {
  const { mm, of } = sizeOn(size);
  return { mm, of };
};

const toMarks = (
  { lesion, outlines, sizes = [], markWarnings }: ReportedLesion,
  listed: ReadonlySet<string>,
  say: Say,
): ReportMark[] =>
  Object.entries(lesion.marks)
    .filter(([uid]) => listed.has(uid))
    .map(([sopInstanceUid, box]) => {
      const outline = outlines?.[sopInstanceUid];
      const warnings = markWarnings?.[sopInstanceUid] ?? [];
      const size = sizes.find((one) => one.sopInstanceUid === sopInstanceUid);
      return {
        sopInstanceUid,
        box: { ...box },
        ...(outline && { outline: outline.map(([x, y]): [number, number] => [x, y]) }),
        ...(size && { longest: longestOf(size) }),
        ...(warnings.length > 0 && { warnings: warnings.map((w) => worded(w, say)) }),
      };
    });

const cautionsIn = (
  { lesion, cautions = [] }: ReportedLesion,
  say: Say,
): Pick<ReportLesion, 'cautions'> => {
  const all = [...takenOverCautions(lesion), ...cautions];
  return all.length > 0 ? { cautions: all.map((caution) => worded(caution, say)) } : {};
};

const toLesion = (
  reported: ReportedLesion,
  listed: ReadonlySet<string>,
  say: Say,
): ReportLesion => ({
  id: reported.lesion.id,
  number: reported.lesion.number,
  marks: toMarks(reported, listed, say),
  ...(reported.scored && { score: toScore(reported.scored) }),
  ...cautionsIn(reported, say),
  ...(reported.scoreProblem && { scoreProblem: say(reported.scoreProblem) }),
  assessments: [...(reported.lesion.readings ?? [])],
  notes: reported.lesion.notes ?? '',
  ...(!isUndescribed(reported.lesion.descriptors) && {
    descriptors: reported.lesion.descriptors,
  }),
  ...(reported.lesion.sameAs && { sameAs: reported.lesion.sameAs }),
  ...(reported.followUp && { followUp: reported.followUp }),
  ...(reported.lesion.reveal && { reveal: reported.lesion.reveal }),
  ...(reported.lesion.origin && { origin: reported.lesion.origin }),
  ...(reported.lesion.takenOver && { takenOver: reported.lesion.takenOver }),
  ...(reported.location && {
    location: {
      ...reported.location,
      nippleDistances: [...reported.location.nippleDistances],
      views: [...reported.location.views],
    },
  }),
});

const toStudies = ({ images, studies = {} }: ReportInput): ReportStudy[] => {
  const first = new Map<string, MammogramHeader>();
  for (const { header } of images)
    if (!first.has(header.studyInstanceUid)) first.set(header.studyInstanceUid, header);
  return [...first].map(([studyInstanceUid, header]) => ({
    studyInstanceUid,
    date: header.studyDate,
    time: header.studyTime,
    id: '',
    accessionNumber: header.accessionNumber,
    referringPhysicianName: '',
    description: header.studyDescription,
    ...studies[studyInstanceUid],
  }));
};

/**
 * The report of one patient from what the stores hold. Marks on images that are not listed (not open
 * now) are left out, and so are lesions without any other. Throws when no image is given.
 */
export const buildCaseReport = (input: ReportInput): CaseReport => {
  const header = input.images[0]?.header;
  if (!header) throw new Error('a report needs at least one image');
  const keyImages = (input.keyImages ?? []).map((key) => ({ ...key }));
  const studyOf = new Map(
    input.images.map(({ header: each }) => [each.sopInstanceUid, each.studyInstanceUid]),
  );
  const listed = new Set(studyOf.keys());
  const lesions = input.lesions
    .map((l) => toLesion(l, listed, input.say))
    .filter((l) => l.marks.length > 0);
  const lesionIds = new Set(lesions.map(({ id }) => id));
  const secondLooks = (input.secondLooks ?? []).flatMap(
    (look) => toSecondLook(look, studyOf, lesionIds, input.say) ?? [],
  );
  return {
    kind: CASE_REPORT_KIND,
    schemaVersion: CASE_REPORT_SCHEMA_VERSION,
    createdAt: input.createdAt,
    use: 'research use only',
    program: input.program,
    ...(input.pack && { pack: input.pack }),
    patient: {
      id: header.patientId,
      name: personNameOf(header.patientName),
      birthDate: header.patientBirthDate,
      sex: '',
      ...input.patient,
    },
    studies: toStudies(input),
    images: input.images.map((image) => toImage(image, input.say)),
    lesions,
    ...(secondLooks.length > 0 && { secondLooks }),
    ...(keyImages.length > 0 && { keyImages }),
  };
};
