import type { CaseReport, ReportImage } from '../case-report.ts';
import type { ReportLesion, ReportScore } from '../report-lesion.ts';

const STUDY = '1.2.826.0.1.3680043.2.1.1';
export const SAMPLE_UIDS = {
  rcc: `${STUDY}.1.1`,
  lcc: `${STUDY}.2.1`,
  rmlo: `${STUDY}.3.1`,
  lmlo: `${STUDY}.4.1`,
} as const;

const image = (series: number, laterality: 'L' | 'R', view: 'CC' | 'MLO'): ReportImage => ({
  sopClassUid: '1.2.840.10008.5.1.4.1.1.1.2',
  sopInstanceUid: `${STUDY}.${series}.1`,
  seriesInstanceUid: `${STUDY}.${series}`,
  studyInstanceUid: STUDY,
  rows: 3328,
  columns: 2560,
  laterality,
  view,
  viewModifiers: [],
  patientOrientation: laterality === 'L' ? ['A', 'R'] : ['P', 'L'],
  contentDate: '20260102',
  contentTime: `12000${series}`,
  spacing: { row: 0.07, column: 0.07, source: 'ImagerPixelSpacing' },
  display: {
    photometric: 'MONOCHROME2',
    window: { center: 2048, width: 4096, function: 'LINEAR' },
  },
  warnings: [],
});

/** Values that neither 32-bit floats nor 16-character decimal strings can hold. */
const score: ReportScore = {
  views: [SAMPLE_UIDS.lcc, SAMPLE_UIDS.lmlo],
  arms: [
    {
      arm: 'cnn',
      viewScores: [0.5363457957142561, -0.12345678901234567],
      score: 0.20644450335095525,
      likelihood: { value: 0.7298316170644258, low: 0.6512345678901234, high: 0.8 },
    },
    {
      arm: 'analytic',
      viewScores: [1 / 3, -2 / 3],
      score: -1 / 6,
      likelihood: { value: 0.45, low: 0.4, high: 0.5 },
    },
  ],
  viewLikelihoods: [0.6666666666666666, 0.4123456789012345],
  likelihood: { value: 0.5899158085322129, low: 0.5256172839450617, high: 0.65 },
  calibrated: true,
  trainingPrevalence: 0.4776839565741858,
  assumedPrevalence: 0.1,
  operatingPoint: {
    name: 'specificity 0.9',
    likelihood: 0.6123,
    sensitivity: 0.55,
    specificity: 0.9,
  },
  engine: 'webgpu, test adapter',
};

const lesions: ReportLesion[] = [
  {
    id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    number: 1,
    marks: [
      {
        sopInstanceUid: SAMPLE_UIDS.lcc,
        box: { x: 1000.1, y: 700.3, width: 220.7, height: 180.9 },
        outline: [
          [1010.123456789, 720.2],
          [1200.7, 730.1],
          [1180.9, 870.33],
          [1020.5, 860.75],
        ],
      },
      {
        sopInstanceUid: SAMPLE_UIDS.lmlo,
        box: { x: 0.1, y: 1500.25, width: 199.99999, height: 210.5 },
      },
    ],
    score,
    cautions: [
      { code: 'arms-disagree', text: 'The two arms disagree.' },
      { code: 'scope', view: 'LCC', text: 'Lossily compressed.' },
    ],
    assessments: [
      {
        at: '2026-01-31T11:58:00+01:00',
        scoreShown: false,
        reader: 'Reader^Test',
        suspicion: 40,
      },
      {
        at: '2026-01-31T11:59:00+01:00',
        scoreShown: true,
        reader: 'Reader^Test',
        biRads: '4B',
        suspicion: 62.5,
        shown: {
          packId: 'tandem-m1',
          packVersion: '0.1.0',
          likelihood: 0.14876964012486302,
          assumedPrevalence: 0.1,
        },
      },
    ],
    notes: 'Irregular, "spiculated";\nC:\\old unchanged – très dense',
    reveal: {
      at: '2026-01-31T11:58:30+01:00',
      packId: 'tandem-m1',
      packVersion: '0.1.0',
      likelihood: 0.14876964012486302,
      assumedPrevalence: 0.1,
    },
    location: {
      side: 'L',
      vertical: 'upper',
      horizontal: 'outer',
      clock: 2,
      depth: 'middle',
      nippleDistances: [{ view: 'LCC', mm: 41.234567890123 }],
      views: ['LCC', 'LMLO'],
      nipples: 'detected',
    },
  },
  {
    id: 'second',
    number: 3,
    marks: [{ sopInstanceUid: SAMPLE_UIDS.rcc, box: { x: 10, y: 20, width: 30, height: 40 } }],
    scoreProblem: 'the image is out of scope',
    assessments: [],
    notes: '',
  },
];

/** A synthetic report: four views, a lesion in two of them with a score, another without. */
export const sampleReport = (): CaseReport => {
  const report: CaseReport = {
    kind: 'tandem-case-report',
    schemaVersion: 2,
    createdAt: '2026-01-31T12:00:00+01:00',
    use: 'research use only',
    program: { name: 'Tandem CADx', version: '0.1.0' },
    pack: { id: 'tandem-m1', version: '0.1.0', name: 'Tandem M1', sha256: 'ab'.repeat(32) },
    patient: { id: 'DEMO-1', name: 'SYNTHETIC^DÉMO', birthDate: '19660101', sex: 'F' },
    studies: [
      {
        studyInstanceUid: STUDY,
        date: '20260102',
        time: '120000',
        id: 'S-1',
        accessionNumber: 'ACC-7',
        referringPhysicianName: 'Referrer^Test',
        description: 'SYNTHETIC demo mammogram',
      },
    ],
    images: [
      {
        ...image(1, 'R', 'CC'),
        viewModifiers: ['spot compression'],
        warnings: [{ code: 'spot-compression', severity: 'warns', text: 'Spot compression view.' }],
      },
      { ...image(2, 'L', 'CC'), nipple: { x: 1700.123456789, y: 1500, source: 'detected' } },
      image(3, 'R', 'MLO'),
      image(4, 'L', 'MLO'),
    ],
    lesions,
  };
  return JSON.parse(JSON.stringify(report)) as CaseReport;
};

/** The sample, in which the reader says of the view of the second lesion what the file says otherwise. */
export const correctedReport = (): CaseReport => {
  const report = sampleReport();
  report.images = report.images.map((image) =>
    image.sopInstanceUid === SAMPLE_UIDS.rcc
      ? { ...image, lateralitySource: 'reader', viewSource: 'ViewPosition', viewInFile: 'LCC' }
      : image,
  );
  return report;
};

const finder = {
  name: 'tandem-m2 0.4.0, finder 1',
  packId: 'tandem-m2',
  packVersion: '0.4.0',
  packSha256: 'cd'.repeat(32),
};

/**
 * The sample after a second look at three of its views: it agrees with lesion 1 on both views, lesion 3
 * was accepted, one finding was dismissed, one is open on two views.
 */
export const secondLookReport = (): CaseReport => {
  const report = sampleReport();
  const [first, third] = report.lesions;
  const on = (sopInstanceUid: string, x: number, mass: number) => ({
    sopInstanceUid,
    box: { x, y: 700, width: 210, height: 190 },
    mass,
    malignant: mass / 3,
  });
  return {
    ...report,
    secondLooks: [
      {
        studyInstanceUids: [STUDY],
        doneAt: '2026-01-31T11:59:10+01:00',
        before: first
          ? [
              {
                id: first.id,
                number: first.number,
                marks: first.marks.map(({ sopInstanceUid, box }) => ({ sopInstanceUid, box })),
              },
            ]
          : [],
        finder,
        falseMarks: 0.25,
        lookedAt: [SAMPLE_UIDS.lcc, SAMPLE_UIDS.rcc, SAMPLE_UIDS.lmlo],
        notLookedAt: [{ sopInstanceUid: SAMPLE_UIDS.rmlo, reason: 'A magnification view.' }],
        breasts: [
          { side: 'L', likelihood: 0.51 },
          { side: 'R', likelihood: 0.32 },
        ],
        notes: ['Masses only: calcifications are not looked for.'],
        findings: [
          {
            id: 'finding 1',
            rank: 1,
            marks: [on(SAMPLE_UIDS.lcc, 1000, 0.81), on(SAMPLE_UIDS.lmlo, 2, 0.6)],
            mass: 0.705,
            malignant: 0.705 / 3,
            answer: 'agrees',
            ...(first && { lesionId: first.id }),
          },
          {
            id: 'finding 2',
            rank: 2,
            marks: [on(SAMPLE_UIDS.rcc, 10, 0.55)],
            mass: 0.55,
            malignant: 0.55 / 3,
            answer: 'accepted',
            ...(third && { lesionId: third.id }),
            at: '2026-01-31T11:59:20+01:00',
          },
          {
            id: 'finding 3',
            rank: 3,
            marks: [on(SAMPLE_UIDS.rcc, 1800, 0.31)],
            mass: 0.31,
            malignant: 0.31 / 3,
            answer: 'dismissed',
            reason: { code: 'vessel', text: 'vessel' },
            at: '2026-01-31T11:59:30+01:00',
          },
          {
            id: 'finding 4',
            rank: 4,
            marks: [on(SAMPLE_UIDS.lcc, 300, 1 / 3), on(SAMPLE_UIDS.lmlo, 600, 0.2)],
            mass: 4 / 15,
            malignant: 4 / 45,
            answer: 'open',
            location: {
              side: 'L',
              vertical: 'lower',
              horizontal: 'inner',
              clock: 8,
              nippleDistances: [],
              views: ['LCC', 'LMLO'],
              nipples: 'detected',
            },
          },
        ],
      },
    ],
  };
};
