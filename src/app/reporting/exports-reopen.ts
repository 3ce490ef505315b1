import { listOf } from '../../core/message/list.ts';
import { message, type Message } from '../../core/message/message.ts';
import { type Lesion, marksKey } from '../../core/lesion/lesion.ts';
import { DESPITE, type Despite } from '../../core/lesion/taken-over.ts';
import type { CaseReport, ReportImage, ReportStudy } from '../../core/report/case-report.ts';
import { studiesSpokenOf } from '../../core/report/said-beside.ts';
import { superseded } from '../../core/report/report-documents.ts';
import type { RestoredCase } from '../../core/report/restored.ts';
import { scoreOnShow } from '../../state/current-score.ts';
import type { ExamReadingsStore } from '../../state/exam-readings-store.ts';
import type { KeyImagesStore } from '../../state/key-images-store.ts';
import type { KeptKeyImage } from '../../ports/storage.ts';
import type { LesionsStore } from '../../state/lesions-store.ts';
import type { NoticesStore } from '../../state/notices-store.ts';
import type { ScoringStore } from '../../state/scoring-store.ts';
import type { TakeOver, TakeOverStore } from '../../state/take-over-store.ts';
import { openImage, type StudiesStore } from '../../state/studies-store.ts';
import { compareScores, type Expected } from './exports-compare.ts';
import { type ReadForeign, readReport, type ReportEntry } from './exports-recognise.ts';
import { type Restoration, restoreLesion, type Waiting } from './exports-restore.ts';
import { isOtherPatient, type SpacingOf, toldOf } from './report-differences.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { newUuid } from '../new-uuid.ts';
import type { ReportLedger } from '../report-ledger.ts';

export interface ReopenSources {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly notices: NoticesStore;
  readonly scoring: ScoringStore | undefined;
  readonly ledger: ReportLedger;
  readonly pack: { readonly id: string; readonly version: string } | undefined;
  readonly examReadings: ExamReadingsStore;
  /** Brings back what the reader said of a single image that is open. */
  readonly restoreImage: (reported: ReportImage, open: OpenImage) => void;
  /** Takes what another program said; false where it is here already. */
  readonly takeForeign: (read: ReadForeign) => boolean;
  readonly keyImages: KeyImagesStore;
  /** Where the reader is asked about reports that do not agree with the images. */
  readonly takeOvers: TakeOverStore;
  readonly spacingOf: SpacingOf;
  /** Those lesions of these ids that storage keeps, also of images that are closed. */
  readonly keptLesions: (ids: readonly string[]) => Promise<readonly Lesion[]>;
  /** Whether the reader may not yet see the lesion's score: no word of it then. */
  readonly isHidden: (lesion: Lesion) => boolean;
}

const lesionCount = (count: number): Message => message('restored.lesions', { count });

interface Read {
  readonly path: string;
  readonly restored: RestoredCase;
}

/** Of several reports about one lesion the latest counts; those that bear no date come last. */
const newestFirst = (a: Read, b: Read): number => {
  const moment = ({ restored }: Read) => Date.parse(restored.report?.createdAt ?? '') || 0;
  return moment(b) - moment(a);
};

/** What became of the lesions of one file. */
export const summaryOf = (
  path: string,
  outcomes: readonly Restoration[],
  report?: RestoredCase['report'],
): Message => {
  const of = <K extends Restoration['kind']>(kind: K) =>
    outcomes.filter((o): o is Extract<Restoration, { kind: K }> => o.kind === kind);
  const [restored, waiting, known, away, misfits, asked] = [
    of('restored'),
    of('waiting'),
    of('known'),
    of('kept'),
    of('misfit'),
    of('differs'),
  ];
  const changed = known.filter((o) => !o.same).length;
  const renumbered = restored.filter((o) => o.lesion.number !== o.from.lesion.number);
  const views = report?.keyImages?.length ?? 0;
  const speaks = report !== undefined && studiesSpokenOf(report).length > 0;
  const parts = [
    outcomes.length === 0 && views === 0 && !speaks && message('restored.none'),
    views > 0 && message('restored.key-images', { count: views }),
    speaks && message('restored.words'),
    restored.length > 0 && message('restored.done', { lesions: lesionCount(restored.length) }),
    known.length > changed &&
      message('restored.known', { lesions: lesionCount(known.length - changed) }),
    changed > 0 &&
      message('restored.changed', {
        lesions: lesionCount(changed),
      }),
    away.length > 0 && message('restored.kept', { lesions: lesionCount(away.length) }),
    waiting.length > 0 &&
      message('restored.waiting', {
        lesions: lesionCount(waiting.length),
      }),
    asked.length > 0 && message('restored.asked', { lesions: lesionCount(asked.length) }),
    ...misfits.map((o) =>
      message('restored.left-out', {
        number: o.from.lesion.number,
        reason: o.reason,
      }),
    ),
    ...renumbered.map((o) =>
      message('restored.renumbered', {
        before: o.from.lesion.number,
        now: o.lesion.number,
      }),
    ),
    restored.some((o) => o.lesion.takenOver?.despite.includes('patient')) &&
      message('restored.only-lesions'),
    restored.some((o) => !o.from.restored.exact) && message('restored.rounded'),
  ];
  return message('restored.summary', {
    path,
    facts: listOf(
      parts.filter((part) => part !== false),
      'list.semicolon',
    ),
  });
};

const supersededText = (left: readonly Read[]): Message =>
  message('restored.superseded', {
    files: left.map(({ path }) => path).join(', '),
  });

const keptIn = ({ report }: RestoredCase): readonly KeptKeyImage[] =>
  (report?.keyImages ?? []).map((key) => {
    const image = report?.images.find((each) => each.sopInstanceUid === key.sopInstanceUid);
    const { columns = 0, rows = 0, pixelDigest: digest } = image ?? {};
    return { ...key, ...(digest !== undefined && { pixels: { columns, rows, digest } }) };
  });

/** Why a lesion stays away where the reader did not take it over. */
const leftOut = ({
  differs,
  open,
  from,
}: Extract<Restoration, { kind: 'differs' }>): Restoration => {
  const { path } = open;
  const reason = differs.includes('patient')
    ? message('restored.other-patient', { path })
    : message('restored.other-spacing', { path });
  return { kind: 'misfit', reason, from };
};

/** Holds what a report says of things until they are open, of the patient whom it names, and then restores it. */
const untilOpen = <T>(
  openOf: (one: T) => readonly OpenImage[],
  give: (found: readonly T[]) => void,
) => {
  let held: readonly { readonly one: T; readonly patientId: string }[] = [];
  const isOpen = ({ one, patientId }: (typeof held)[number]) =>
    openOf(one).some((open) => !isOtherPatient(patientId, open));
  const restore = (): void => {
    const found = held.filter(isOpen);
    held = held.filter((each) => !isOpen(each));
    if (found.length > 0) give(found.map(({ one }) => one));
  };
  return {
    add: (more: readonly T[], patientId: string): void => {
      held = [...held, ...more.map((one) => ({ one, patientId }))];
      restore();
    },
    restore,
  };
};

/** Brings lesions back from reports that were exported earlier; see readReports and imagesOpened. */
export const createReopener = (sources: ReopenSources) => {
  const { studies, lesions, notices, scoring, ledger, pack, examReadings, keyImages } = sources;
  const { isHidden, takeOvers, spacingOf } = sources;
  const { addProblem, addRemark } = studies.getState();
  let waiting: readonly Waiting[] = [];
  let expected: readonly Expected[] = [];
  /** What the reader said of reports that do not agree with the images: taken over in spite of this, or not. */
  const answers = new WeakMap<
    RestoredCase,
    { differs: readonly Despite[]; at: string } | 'left out'
  >();

  /** The question about a report that stands, and all that became of its lesions. */
  const standing = new Map<
    RestoredCase,
    {
      readonly question: TakeOver;
      readonly outcomes: readonly Restoration[];
      readonly report: CaseReport | undefined;
    }
  >();

  const compare = () => {
    if (!scoring || expected.length === 0) return;
    const scores = scoring.getState();
    const { images } = studies.getState();
    expected = expected.filter((one) => {
      const lesion = lesions.getState().lesions.find((l) => l.id === one.lesionId);
      if (lesion && isHidden(lesion)) return true;
      const outcome = compareScores(
        one,
        lesion,
        lesion && scoreOnShow(lesion, scores, images),
        pack,
      );
      if (outcome === 'wait') return true;
      if (outcome !== 'drop' && outcome.text)
        notices.getState().tell(`compare ${one.lesionId}`, outcome.text, {
          about: Object.keys(lesion?.marks ?? {}),
        });
      return false;
    });
  };
  scoring?.subscribe((now, before) => {
    if (now.results !== before.results) compare();
  });
  lesions.subscribe((now, before) => {
    if (now.lesions !== before.lesions) compare();
  });

  const expect = ({ lesion, from }: Extract<Restoration, { kind: 'restored' }>) => {
    const { score } = from.lesion;
    if (!score) return;
    const one = { path: from.path, lesionId: lesion.id, marks: marksKey(lesion), score };
    expected = [...expected, { ...one, pack: from.restored.report?.pack }];
  };

  /** What reports say of whole exams, until a picture of the exam is open. */
  const readings = untilOpen<ReportStudy>(
    ({ studyInstanceUid }) =>
      studies
        .getState()
        .images.filter(({ header }) => header.studyInstanceUid === studyInstanceUid),
    (found) =>
      examReadings
        .getState()
        .restore(
          Object.fromEntries(
            found.flatMap(({ studyInstanceUid, reading }) =>
              reading ? [[studyInstanceUid, reading]] : [],
            ),
          ),
        ),
  );
  const openAs = (sop: string) => openImage(studies.getState().images, sop);
  /** What reports say of single images. */
  const ofImages = untilOpen<ReportImage>(
    ({ sopInstanceUid }) => [openAs(sopInstanceUid)].filter((open) => open !== undefined),
    (found) => {
      for (const reported of found) {
        const open = openAs(reported.sopInstanceUid);
        if (open) sources.restoreImage(reported, open);
      }
    },
  );
  /** Key images of reports, until the pixels are open that each was kept of. */
  const views = untilOpen<KeptKeyImage>(
    ({ sopInstanceUid, pixels }) => {
      const open = openAs(sopInstanceUid);
      return open && (pixels === undefined || pixels.digest === open.digest) ? [open] : [];
    },
    (found) => keyImages.getState().restore(found),
  );

  /** Lesions of reports that storage kept when they were read. */
  const kept = new Set<string>();
  const noteKept = async (found: readonly Read[]): Promise<void> => {
    const all = found.flatMap(({ restored }) => restored.lesions.flatMap(({ id }) => id ?? []));
    for (const { id } of await sources.keptLesions(all)) kept.add(id);
  };
  const place = (list: readonly Waiting[]): readonly Restoration[] => {
    const { images } = studies.getState();
    const outcomes = list.map((one) => {
      const answer = answers.get(one.restored);
      const despite = answer === 'left out' ? undefined : answer;
      const isKept = (id: string) => kept.has(id);
      const into = { images, store: lesions, newId: newUuid, spacingOf, isKept, despite };
      const outcome = restoreLesion(one, into);
      return outcome.kind === 'differs' && answer === 'left out' ? leftOut(outcome) : outcome;
    });
    for (const outcome of outcomes) if (outcome.kind === 'restored') expect(outcome);
    compare();
    return outcomes;
  };
  const tell = (...about: Parameters<typeof summaryOf>) =>
    notices.getState().tell(`report ${about[0]}`, summaryOf(...about), {
      about: about[1].flatMap(({ from }) =>
        from.lesion.marks.map(({ sopInstanceUid }) => sopInstanceUid),
      ),
    });

  /**
   * Asks about what a report says otherwise; its lesions are placed, or said to be left out, by the answer. More
   * of a report whose question stands go into that question.
   */
  const ask = (path: string, found: readonly Restoration[], read?: CaseReport) => {
    const more = found.find((o) => o.kind === 'differs');
    if (!more) return;
    const { restored } = more.from;
    const before = standing.get(restored);
    const report = read ?? before?.report;
    const isFound = ({ from }: Restoration) => found.some((o) => o.from === from);
    const outcomes = [...(before?.outcomes.filter((o) => !isFound(o)) ?? []), ...found];
    const differing = outcomes.filter((o) => o.kind === 'differs');
    const first = differing[0] ?? more;
    const { header } = first.open;
    const differs = DESPITE.filter((each) => differing.some((o) => o.differs.includes(each)));
    const question: TakeOver = {
      path,
      differs,
      header,
      patient: { id: restored.patientId, name: restored.report?.patient.name ?? '' },
      spacing: {
        told: toldOf(restored, first.open)?.spacing,
        open: spacingOf(header.sopInstanceUid),
      },
      lesions: differing.length,
      answer: (taken) => {
        standing.delete(restored);
        answers.set(restored, taken ? { differs, at: new Date().toISOString() } : 'left out');
        const placed = place(differing.map(({ from }) => from));
        hold(placed);
        tell(path, [...outcomes.filter((o) => o.kind !== 'differs'), ...placed], report);
      },
    };
    standing.set(restored, { question, outcomes, report });
    takeOvers.getState().ask(question, before?.question);
  };
  const hold = (outcomes: readonly Restoration[]) => {
    waiting = [...waiting, ...outcomes.filter((o) => o.kind === 'waiting').map((o) => o.from)];
  };

  /** Reports that newer ones supersede are said and left out: their lesions may have been deleted. */
  const withoutSuperseded = (found: readonly Read[]): readonly Read[] => {
    for (const { restored } of found) if (restored.document) ledger.note(restored.document);
    const old = superseded(ledger.all());
    const isOld = ({ restored }: Read) => old.has(restored.document?.sopInstanceUid ?? '');
    const left = found.filter(isOld);
    notices.getState().tell('superseded', left.length > 0 ? supersededText(left) : undefined);
    return found.filter((one) => !isOld(one));
  };

  return {
    /** Reads reports after the images beside them were opened. A bad one is listed with its reason. */
    readReports: async (entries: readonly ReportEntry[]): Promise<void> => {
      const found: Read[] = [];
      for (const entry of entries) {
        const { path } = entry;
        const read = await readReport(entry);
        if (!read.ok) addProblem({ path, reason: read.error });
        else if (read.value.by === 'us') found.push({ path, restored: read.value.restored });
        else if (!sources.takeForeign(read.value))
          addRemark({ path, reason: message('foreign.twice') });
      }
      await noteKept(found);
      for (const { path, restored } of withoutSuperseded(found).toSorted(newestFirst)) {
        const { patientId, report } = restored;
        readings.add(report?.studies ?? [], patientId);
        ofImages.add(report?.images ?? [], patientId);
        views.add(keptIn(restored), patientId);
        const outcomes = place(restored.lesions.map((lesion) => ({ path, restored, lesion })));
        hold(outcomes);
        tell(path, outcomes, restored.report);
        ask(path, outcomes, restored.report);
      }
    },
    /** Restores what waited for images that are open now. */
    imagesOpened: (): void => {
      for (const held of [readings, ofImages, views]) held.restore();
      const outcomes = place(waiting);
      const done = outcomes.filter((o) => o.kind !== 'waiting');
      waiting = [];
      hold(outcomes);
      for (const path of new Set(done.map((o) => o.from.path))) {
        const own = outcomes.filter((o) => o.from.path === path);
        tell(path, own);
        ask(path, own);
      }
    },
  };
};
