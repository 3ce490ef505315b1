import { type PixelIdentity, samePixels } from '../core/image/pixel-identity.ts';
import { reasonOf } from '../core/message/failure.ts';
import type { SaidOfExam } from '../core/lesion/second-reading.ts';
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

const latest = (found: readonly KeptSecondLook[]): KeptSecondLook | undefined =>
  found.toSorted((a, b) => (b.said?.at ?? '').localeCompare(a.said?.at ?? ''))[0];

/**
 * Keeps what the reader said at second looks and brings it back when an exam is open again, found by its
 * images: to the exam that shows them with the same pixels, whatever it is called by then. What was said of
 * other pixels stays away, and `onAway` hears of the image. Other tabs that show those images hear of every
 * word, and it counts here as there. `onProblem` gets the refusal of the browser in
 * words, and undefined once it keeps again; what was said then lasts as long as the page.
 */
export const keepSecondLooks = (
  store: SecondLookStore,
  feed: Pick<SecondLookFeed, 'restore' | 'adopt'>,
  storage: Pick<SecondLookStorage, 'save' | 'findByImages'>,
  onProblem: (problem: Message | undefined) => void,
  onAway: (sopInstanceUid: string) => void,
  tabs?: OtherTabs<KeptSecondLook>,
) => {
  /** Of this page, by exam. */
  const said = new Map<string, KeptSecondLook>();
  const asked = new Map<string, Set<string>>();
  let queue: Promise<unknown> = Promise.resolve();
  let isAdopting = false;

  const save = (exam: string, { views, ...now }: ExamSecondLook): void => {
    const images = views.map(({ sopInstanceUid, pixels }) => ({ sopInstanceUid, pixels }));
    const kept = { exam, images, ...saidOf(now) };
    said.set(exam, kept);
    tabs?.tell(kept);
    const saving = storage.save(kept).then(
      () => onProblem(undefined),
      (error: unknown) => onProblem(message('look.not-kept', { reason: reasonOf(error) })),
    );
    queue = Promise.all([queue, saving]);
  };

  const restore = async (exam: string, sops: readonly string[]): Promise<void> => {
    await queue;
    const found = await storage.findByImages(sops).catch(() => []);
    const own = said.get(exam);
    const views = store.getState().exams[exam]?.views ?? [];
    const standing = latest([...(own ? [own] : []), ...found].filter((k) => isOfThese(k, views)));
    if (standing) return feed.restore(exam, saidOf(standing));
    const open = pixelsIn(views);
    const away = new Set(found.flatMap(({ images }) => images.map((i) => i.sopInstanceUid)));
    for (const sop of sops) if (away.has(sop) && open.has(sop)) onAway(sop);
  };

  const askFor = (exams: Readonly<Record<string, ExamSecondLook>>): void => {
    for (const exam of asked.keys()) if (!(exam in exams)) asked.delete(exam);
    for (const [exam, { views }] of Object.entries(exams)) {
      const known = asked.get(exam) ?? new Set();
      const fresh = views.filter(
        ({ sopInstanceUid, pixels }) => !known.has(`${sopInstanceUid} ${pixels.digest}`),
      );
      if (fresh.length === 0) continue;
      for (const { sopInstanceUid, pixels } of fresh)
        known.add(`${sopInstanceUid} ${pixels.digest}`);
      asked.set(exam, known);
      void restore(
        exam,
        fresh.map(({ sopInstanceUid }) => sopInstanceUid),
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
    said.set(exam, { ...told, exam });
    // It is in storage already: not to be written, nor told, again.
    isAdopting = true;
    feed.adopt(exam, saidOf(told));
    isAdopting = false;
  });
  askFor(store.getState().exams);
  return {
    /** Looks again for what is kept: after records came from elsewhere. */
    again: (): void => {
      asked.clear();
      askFor(store.getState().exams);
    },
    settled: async (): Promise<void> => void (await queue),
  };
};
