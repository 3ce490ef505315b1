import { lookOver, type LookModels } from '../core/finder/second-look.ts';
import type { ViewCandidate } from '../core/finder/view-cues.ts';
import { finderScope } from '../core/lesion/finder-scope.ts';
import { isAmong } from '../core/lesion/look-words.ts';
import { failureOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { EngineStatus } from '../ports/inference.ts';
import { examOnShow, type OpenExam, openExams } from './open-exams.ts';
import type { LookPhase, SecondLookFeed, ViewLook } from './second-look-store.ts';
import type { SettingsStore } from './settings-store.ts';
import type { StudiesStore } from './studies-store.ts';

/** Two at a time: while the network looks at one view, the next is made ready. */
const AT_ONCE = 2;

interface Sources {
  readonly studies: StudiesStore;
  readonly settings: SettingsStore;
  readonly feed: SecondLookFeed;
  readonly models: LookModels;
  /** Candidates of an open image; undefined when aborted. Rejects with a Failure. */
  look(image: OpenImage, signal: AbortSignal): Promise<readonly ViewCandidate[] | undefined>;
}

/** What a look at an image depends on besides the finder. */
export const viewKey = ({ header, digest, columns, rows }: OpenImage): string =>
  [header.sopInstanceUid, digest, columns, rows, header.view.value ?? ''].join(' ');

type Seen = { readonly candidates: readonly ViewCandidate[] } | { readonly failed: Message };

/**
 * A processor that plays a graphics card takes half a minute a view, and scores would wait for it: it is
 * in use only where it was chosen by name. Undefined on an engine that looks.
 */
const unfitness = (engine: EngineStatus): Message | undefined =>
  engine.phase === 'ready' && engine.info.software && engine.info.backend !== 'wasm'
    ? message('look.software', { adapter: engine.info.adapter })
    : undefined;

const isWaiting = ({ status }: ViewLook): boolean => status === 'waiting';

/**
 * Looks at every view that is open, those of the exam on show first, and hands what was found to the
 * second look's store, exam by exam. What was closed is not looked at any more; what failed is tried again
 * when the engine is ready anew, or by `again`. While the second look is turned off nothing is looked at.
 */
export const lookAtExams = ({ studies, settings, feed, models, look }: Sources) => {
  const seen = new Map<string, Seen>();
  const underWay = new Map<string, AbortController>();
  /** The views whose findings an exam shows. */
  const shown = new Map<string, string>();
  let engine: EngineStatus = { phase: 'idle' };

  const viewLook = (image: OpenImage): ViewLook => {
    const { header, columns, rows, digest, scopeNotes } = image;
    const of = {
      sopInstanceUid: header.sopInstanceUid,
      pixels: { columns, rows, digest },
    };
    const scope = finderScope(scopeNotes);
    if (!scope.looks) return { ...of, status: 'not looked', reason: scope.reason, notes: [] };
    const done = seen.get(viewKey(image));
    if (done && 'failed' in done)
      return { ...of, status: 'not looked', reason: done.failed, notes: scope.notes };
    return { ...of, status: done ? 'looked' : 'waiting', notes: scope.notes };
  };

  const failureIn = ({ images }: OpenExam): Message | undefined => {
    for (const image of images) {
      const done = seen.get(viewKey(image));
      if (done && 'failed' in done) return done.failed;
    }
    return undefined;
  };

  const phaseOf = (exam: OpenExam, views: readonly ViewLook[]): LookPhase => {
    const waiting = views.filter(isWaiting).length;
    const reason = failureIn(exam);
    const unfit = waiting > 0 ? unfitness(engine) : undefined;
    if (unfit) return { name: 'failed', reason: unfit };
    if (waiting === 0) return reason ? { name: 'failed', reason } : { name: 'ready' };
    if (engine.phase !== 'ready') return { name: 'waiting' };
    const total = views.filter(({ status }) => status !== 'not looked').length;
    return { name: 'looking', done: total - waiting, total };
  };

  /** Hands over what the views of an exam come to, once all of them are done, and again when they change. */
  const findIn = ({ key, images }: OpenExam): void => {
    const looked = images.flatMap((image) => {
      const done = finderScope(image.scopeNotes).looks ? seen.get(viewKey(image)) : undefined;
      if (!done || 'failed' in done) return [];
      const { header, columns, rows, digest } = image;
      return [
        {
          sopInstanceUid: header.sopInstanceUid,
          pixels: { columns, rows, digest },
          side: header.laterality.value,
          view: header.view.value,
          candidates: done.candidates,
        },
      ];
    });
    const of = looked.map(({ side, sopInstanceUid, view }) => [sopInstanceUid, side, view].join());
    if (shown.get(key) === of.join('|')) return;
    shown.set(key, of.join('|'));
    feed.found(key, (among) =>
      lookOver(
        looked.filter((view) => isAmong(view, among)),
        models,
      ),
    );
  };

  const forgetClosed = (images: readonly OpenImage[]): void => {
    const open = new Set(images.map(viewKey));
    for (const key of seen.keys()) if (!open.has(key)) seen.delete(key);
    for (const [key, control] of underWay) if (!open.has(key)) control.abort();
  };

  const lookAt = async (image: OpenImage): Promise<void> => {
    const key = viewKey(image);
    const control = new AbortController();
    underWay.set(key, control);
    try {
      const candidates = await look(image, control.signal);
      if (candidates && !control.signal.aborted) seen.set(key, { candidates });
    } catch (error) {
      if (!control.signal.aborted) seen.set(key, { failed: failureOf(error) });
    } finally {
      underWay.delete(key);
      update();
    }
  };

  const lookOn = (exams: readonly OpenExam[]): void => {
    // What is being opened comes first: it is what the reader waits for.
    if (studies.getState().progress || unfitness(engine)) return;
    const first = examOnShow(studies.getState())?.key;
    const inTurn = exams.toSorted((a, b) => Number(b.key === first) - Number(a.key === first));
    const waiting = inTurn
      .flatMap(({ images }) => images)
      .filter((image) => isWaiting(viewLook(image)) && !underWay.has(viewKey(image)));
    for (const image of waiting.slice(0, Math.max(AT_ONCE - underWay.size, 0))) void lookAt(image);
  };

  function update(): void {
    const isOn = settings.getState().secondLook;
    const images = isOn ? studies.getState().images : [];
    const exams = openExams(images);
    forgetClosed(images);
    const views = exams.map((exam) => exam.images.map(viewLook));
    feed.show(
      Object.fromEntries(
        exams.map((exam, i) => {
          const own = views[i] ?? [];
          return [exam.key, { phase: phaseOf(exam, own), views: own }];
        }),
      ),
    );
    const open = new Set(exams.map(({ key }) => key));
    for (const key of shown.keys()) if (!open.has(key)) shown.delete(key);
    exams.forEach((exam, i) => {
      if (!views[i]?.some(isWaiting)) findIn(exam);
    });
    lookOn(exams);
  }

  const again = (): void => {
    for (const [key, done] of seen) if ('failed' in done) seen.delete(key);
    update();
  };

  studies.subscribe((now, before) => {
    if (now.images !== before.images || (before.progress && !now.progress)) update();
  });
  settings.subscribe((now, before) => {
    if (now.secondLook !== before.secondLook) update();
  });
  update();
  return {
    /** To be called with every status of the engine. */
    engineIs: (status: EngineStatus): void => {
      const backend = engine.phase === 'ready' ? engine.info.backend : undefined;
      const isAnew = status.phase === 'ready' && status.info.backend !== backend;
      const isOther = status.phase !== engine.phase;
      engine = status;
      if (isAnew) again();
      else if (isOther) update();
    },
    again,
  };
};
