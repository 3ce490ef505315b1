import type { AnalysisClient } from '../adapters/analysis/analysis-client.ts';
import {
  createSecondLookStorage,
  keptSecondLookSchema,
} from '../adapters/storage/second-look-storage.ts';
import { createTabChannel } from '../adapters/storage/tab-channel.ts';
import type { ViewCandidate } from '../core/finder/view-cues.ts';
import { finderInputKey } from '../core/finder/finder-input.ts';
import { failureOf } from '../core/message/failure.ts';
import { message, type Message } from '../core/message/message.ts';
import type { FinderFile } from '../core/pack/finder-file.ts';
import type { InferencePort } from '../ports/inference.ts';
import type { OpenImage } from '../ports/analysis.ts';
import type { SecondLookStorage } from '../ports/storage.ts';
import { keepSecondLooks } from '../state/keep-second-looks.ts';
import type { LesionsStore } from '../state/lesions-store.ts';
import { lookAtExams, viewKey } from '../state/look-at-exams.ts';
import type { NoticesStore } from '../state/notices-store.ts';
import { createSecondLookStore, type FinderInfo } from '../state/second-look-store.ts';
import type { SettingsStore } from '../state/settings-store.ts';
import type { StudiesStore } from '../state/studies-store.ts';
import { readFinderRules } from './scoring/finder-rules.ts';
import type { ChosenPack } from './scoring/packs.ts';

interface Parts {
  readonly studies: StudiesStore;
  readonly lesions: LesionsStore;
  readonly settings: SettingsStore;
  readonly notices: NoticesStore;
  readonly analysis: Pick<AnalysisClient, 'finderInput' | 'candidates'>;
  /** Undefined where no pack could be loaded. */
  readonly inference: Pick<InferencePort, 'look' | 'onStatus'> | undefined;
  readonly pack: ChosenPack | undefined;
  /** Says that what was kept of an image stays away, since other pixels carry its UID. */
  readonly tellOtherPixels: (sopInstanceUid: string) => void;
}

/** How a pack's finder is named and told from others: by the hashes of its files. */
const finderInfo = ({ manifest }: ChosenPack, rules: FinderFile): FinderInfo => {
  const hashes = ['finder.json', 'finder.bin', 'finder-rules.json'].map(
    (path) => manifest.files[path]?.sha256.slice(0, 8) ?? '',
  );
  return {
    name: `${manifest.id} ${manifest.version}, finder ${rules.version}`,
    key: hashes.join('-'),
    points: rules.operatingPoints,
    defaultFalseMarks: rules.defaultFalseMarks,
    limits: rules.limits,
  };
};

/**
 * Looks at open images, each input of the finder once: what was found before is taken from storage. The same
 * pixels are another input where their spacing, grey scale or padding was put right since.
 */
const createLooker =
  (
    {
      analysis,
      inference,
    }: { analysis: Parts['analysis']; inference: Pick<InferencePort, 'look'> },
    rules: FinderFile,
    finder: string,
    storage: Pick<SecondLookStorage, 'saveView' | 'findView'>,
  ) =>
  async (image: OpenImage, signal: AbortSignal): Promise<readonly ViewCandidate[] | undefined> => {
    const { header, columns, rows } = image;
    const { sopInstanceUid: sop, view } = header;
    const cut = await analysis.finderInput(sop, rules.input);
    const key = `${finder} ${viewKey(image)} ${finderInputKey(cut)}`;
    const kept = await storage.findView(key).catch(() => undefined);
    if (kept) return kept;
    const { data, ...input } = cut;
    const raster = { width: input.width, height: input.height, data };
    const maps = signal.aborted ? undefined : await inference.look(key, raster, signal);
    if (!maps || signal.aborted) return undefined;
    const placed = { columns, rows, view: view.value ?? '', input };
    const candidates = await analysis.candidates(sop, maps, placed);
    // A refusal to keep costs another look after the next reload, and nothing else.
    storage.saveView(key, candidates).catch(() => undefined);
    return candidates;
  };

/** The second look: its store, what fills it, and what keeps it. */
export const composeSecondLook = (parts: Parts) => {
  const { studies, lesions, settings, notices, inference, pack } = parts;
  const storage = createSecondLookStorage();
  let lookAgain: () => void = () => undefined;
  const reason = (): Message => {
    if (!pack || !inference) return message('look.no-pack');
    return pack.manifest.finder
      ? message('look.reading')
      : message('look.no-finder', { pack: pack.manifest.name });
  };
  const { store, feed } = createSecondLookStore(
    { phase: 'none', reason: reason() },
    {
      lesions,
      images: () => studies.getState().images,
      now: () => new Date(),
      lookAgain: () => lookAgain(),
    },
  );
  const keeper = keepSecondLooks(
    store,
    feed,
    storage,
    (problem) => notices.getState().tell('second looks', problem),
    parts.tellOtherPixels,
    createTabChannel('second-looks', keptSecondLookSchema),
  );

  const begin = async (own: ChosenPack, engine: NonNullable<Parts['inference']>) => {
    const rules = await readFinderRules(own);
    if (!rules.ok)
      return feed.setFinder({
        phase: 'none',
        reason: message('look.refused', { reason: rules.error }),
      });
    const info = finderInfo(own, rules.value);
    feed.setFinder({ phase: 'there', info });
    const { rescoring, breastCalibration } = rules.value;
    const looker = createLooker(
      { analysis: parts.analysis, inference: engine },
      rules.value,
      info.key,
      storage,
    );
    const { engineIs, again } = lookAtExams({
      studies,
      settings,
      feed,
      models: { finder: info.key, rescoring, breastCalibration },
      look: looker,
    });
    lookAgain = again;
    engine.onStatus(engineIs);
  };
  if (pack?.manifest.finder && inference)
    begin(pack, inference).catch((error: unknown) =>
      feed.setFinder({
        phase: 'none',
        reason: message('look.refused', { reason: failureOf(error) }),
      }),
    );
  return { store, takeOver: keeper.again };
};
