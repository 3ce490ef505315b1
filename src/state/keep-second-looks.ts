import { type PixelIdentity, samePixels } from '../core/image/pixel-identity.ts';
import { reasonOf } from '../core/message/failure.ts';
import { isSameFinding } from '../core/finder/second-look.ts';
import { joinedWords } from '../core/lesion/look-words.ts';
import type { Dismissal, LookDone, SaidOfExam, SeenImage } from '../core/lesion/second-reading.ts';
import { message, type Message } from '../core/message/message.ts';
import type { KeptSecondLook, OtherTabs, SecondLookStorage } from '../ports/storage.ts';
import type {
  ExamSecondLook,
  SecondLookFeed,
  SecondLookStore,
  ViewLook,
} from './second-look-store.ts';

const saidOf = ({ said, falseMarks, dismissals }: SaidOfExam): SaidOfExam => ({
  said,
  falseMarks,
  dismissals,
});

const isSaid = (now: ExamSecondLook, before: ExamSecondLook | undefined): boolean =>
  before !== undefined &&
  (now.said !== before.said ||
    now.falseMarks !== before.falseMarks ||
    now.dismissals !== before.dismissals);

const pixelsIn = (views: readonly ViewLook[]): ReadonlyMap<string, PixelIdentity> =>
  new Map(views.map(({ sopInstanceUid, pixels }) => [sopInstanceUid, pixels]));

/** Whether what was kept was said of any of these very images. */
const isOfThese = ({ images }: KeptSecondLook, views: readonly ViewLook[]): boolean => {
  const open = pixelsIn(views);
  return images.some(({ sopInstanceUid, pixels }) => {
    const here = open.get(sopInstanceUid);
    return here !== undefined && samePixels(here, pixels);
  });
};

const momentOf = ({ at }: { readonly at: string }): number => Date.parse(at);

const lastWord = ({ said, dismissals }: SaidOfExam): number =>
  Math.max(0, ...[...(said ? [said] : []), ...dismissals].map(momentOf));

/** What several records say of one exam: the reader's words joined, and of every answer the latest. */
const mergedOf = (records: readonly SaidOfExam[]): SaidOfExam | undefined => {
  const [latest] = records.toSorted((a, b) => lastWord(b) - lastWord(a));
  const inTime = <T extends { readonly at: string }>(all: readonly T[]) =>
    all.toSorted((a, b) => momentOf(a) - momentOf(b));
  return (
    latest && {
      said: inTime(records.flatMap(({ said }) => said ?? [])).reduce<LookDone | undefined>(
        joinedWords,
        undefined,
      ),
      falseMarks: latest.falseMarks,
      dismissals: inTime(records.flatMap(({ dismissals }) => dismissals)).reduce<
        readonly Dismissal[]
      >((sofar, one) => [...sofar.filter((d) => !isSameFinding(d.finding, one.finding)), one], []),
    }
  );
};

/** How what is said of an open exam is kept. */
interface RecordOfExam {
  readonly key: string;
  /** Keys of the records that went into it. */
  readonly merged: readonly string[];
  /** Of the exam, also those that are not open now. */
  readonly images: readonly SeenImage[];
}

const seenIn = (views: readonly ViewLook[]): readonly SeenImage[] =>
  views.map(({ sopInstanceUid, pixels }) => ({ sopInstanceUid, pixels }));

const keyFor = ({ sopInstanceUid, pixels }: SeenImage): string =>
  `${sopInstanceUid} ${pixels.digest}`;

const joined = (...lists: readonly (readonly SeenImage[])[]): readonly SeenImage[] => [
  ...new Map(lists.flat().map((image) => [keyFor(image), image])).values(),
];

/**
 * Keeps what the reader said at second looks and brings it back when an exam is open again, found by its
 * images: to the exam that shows them with the same pixels, whatever it is called by then. Several records of
 * one exam are joined, and become one with the next word. What was said of other pixels stays away, and
 * `onAway` hears of the image. Other tabs that show those images hear of every word, and it counts here as
 * there. `onProblem` gets the refusal of the browser in words, and undefined once it keeps again; what was
 * said then lasts as long as the page.
 */
export const keepSecondLooks = (
  store: SecondLookStore,
  feed: Pick<SecondLookFeed, 'adopt'>,
  storage: Pick<SecondLookStorage, 'save' | 'findByImages'>,
  onProblem: (problem: Message | undefined) => void,
  onAway: (sopInstanceUid: string) => void,
  tabs?: OtherTabs<KeptSecondLook>,
) => {
  const records = new Map<string, RecordOfExam>();
  /** Of this page, on their way to storage or refused, by the key of their record. */
  const unwritten = new Map<string, KeptSecondLook>();
  const asked = new Map<string, Set<string>>();
  let queue: Promise<unknown> = Promise.resolve();
  let isAdopting = false;

  /** It is in storage already: not to be written, nor told, again. */
  const adopt = (exam: string, said: SaidOfExam): void => {
    isAdopting = true;
    feed.adopt(exam, said);
    isAdopting = false;
  };

  const recordOf = (exam: string, views: readonly ViewLook[]): RecordOfExam => {
    const { key, merged = [], images = [] } = records.get(exam) ?? {};
    const all = joined(images, seenIn(views));
    return { key: key ?? all.map(keyFor).sort()[0] ?? exam, merged, images: all };
  };

  const save = (exam: string, { views, ...now }: ExamSecondLook): void => {
    const record = recordOf(exam, views);
    records.set(exam, record);
    const kept = { exam: record.key, images: record.images, ...saidOf(now) };
    unwritten.set(kept.exam, kept);
    tabs?.tell(kept);
    const saving = storage.save(kept, record.merged).then(
      () => {
        if (unwritten.get(kept.exam) === kept) unwritten.delete(kept.exam);
        onProblem(undefined);
      },
      (error: unknown) => onProblem(message('look.not-kept', { reason: reasonOf(error) })),
    );
    queue = Promise.all([queue, saving]);
  };

  /** From now on the exam is kept under one of the keys, in the place of all of them. */
  const know = (exam: string, found: readonly KeptSecondLook[]): void => {
    const { key: own, merged = [], images = [] } = records.get(exam) ?? {};
    const keys = new Set([...(own ? [own] : []), ...found.map((k) => k.exam).sort(), ...merged]);
    const [key, ...others] = keys;
    if (key === undefined) return;
    const all = joined(images, ...found.map((kept) => kept.images));
    records.set(exam, { key, merged: others, images: all });
  };

  const restore = async (exam: string, sops: readonly string[], anew: boolean): Promise<void> => {
    await queue;
    const kept = await storage.findByImages(sops).catch(() => []);
    const found = [...unwritten.values(), ...kept.filter((k) => !unwritten.has(k.exam))];
    const here = store.getState().exams[exam];
    const standing = found.filter((k) => isOfThese(k, here?.views ?? []));
    const own = anew || !here?.said ? undefined : here;
    const { key, merged = [] } = records.get(exam) ?? {};
    const inStep = own ? [key, ...merged] : [];
    const arriving = standing.filter((k) => !inStep.includes(k.exam));
    know(exam, arriving);
    const said = mergedOf([...(own ? [own] : []), ...arriving]);
    if (said && arriving.length > 0) adopt(exam, saidOf(said));
    if (standing.length > 0) return;
    const open = pixelsIn(here?.views ?? []);
    const away = new Set(found.flatMap(({ images }) => images.map((i) => i.sopInstanceUid)));
    for (const sop of sops) if (away.has(sop) && open.has(sop)) onAway(sop);
  };

  const askFor = (exams: Readonly<Record<string, ExamSecondLook>>, anew = false): void => {
    for (const exam of asked.keys())
      if (!(exam in exams)) {
        asked.delete(exam);
        records.delete(exam);
      }
    for (const [exam, { views }] of Object.entries(exams)) {
      const known = asked.get(exam) ?? new Set();
      const fresh = seenIn(views).filter((image) => !known.has(keyFor(image)));
      if (fresh.length === 0) continue;
      for (const image of fresh) known.add(keyFor(image));
      asked.set(exam, known);
      void restore(
        exam,
        fresh.map(({ sopInstanceUid }) => sopInstanceUid),
        anew,
      );
    }
  };

  store.subscribe(({ exams }, before) => {
    if (exams === before.exams) return;
    if (!isAdopting)
      for (const [exam, now] of Object.entries(exams))
        if (isSaid(now, before.exams[exam])) save(exam, now);
    askFor(exams);
  });
  tabs?.onTold((told) => {
    const { exams } = store.getState();
    const [exam] = Object.keys(exams).filter((key) => isOfThese(told, exams[key]?.views ?? []));
    if (exam === undefined) return;
    know(exam, [told]);
    adopt(exam, saidOf(told));
  });
  askFor(store.getState().exams);
  return {
    /** Takes over what storage holds by now: after records came from elsewhere. */
    again: (): void => {
      asked.clear();
      askFor(store.getState().exams, true);
    },
    settled: async (): Promise<void> => void (await queue),
  };
};
