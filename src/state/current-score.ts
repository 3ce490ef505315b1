import type { Message } from '../core/message/message.ts';
import { awayMarks, withoutAway } from '../core/lesion/standing-marks.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import { joinViews, originOf, type ViewOrigin } from '../core/lesion/joining.ts';
import { boxText, type Lesion } from '../core/lesion/lesion.ts';
import type { Box } from '../core/geometry/box.ts';
import type { LesionResult, Scored } from './lesion-result.ts';
import type { EngineInfo, EngineStatus } from '../ports/inference.ts';
import type { OpenImage } from '../ports/analysis.ts';

/** What a score is computed from, or would be now. */
export interface ScoreBasis {
  /** Text that changes with any mark, its pixels, what the views are of, the pack and the engine. */
  readonly key: string;
  /** In a stable order; that of the score's view lists. */
  readonly marks: readonly (readonly [sopInstanceUid: string, box: Box])[];
  readonly origins: readonly ViewOrigin[];
}

/** Why there is nothing to score from. */
export type NoBasis =
  | { readonly phase: 'unmarked' }
  /** None of its marks is on an open image. */
  | { readonly phase: 'closed' }
  /** Each with the view it speaks of where it speaks of one. */
  | {
      readonly phase: 'refused';
      readonly reasons: readonly { readonly view?: string; readonly text: Message }[];
    };

/** A lesion's score as it may be shown; 'waiting': what was computed is of something else by now. */
export type ScoreOnShow = LesionResult | NoBasis | { readonly phase: 'waiting' };

const byUid = (images: readonly OpenImage[]) => {
  const found = new Map(images.map((image) => [image.header.sopInstanceUid, image]));
  return (sop: string): OpenImage | undefined => found.get(sop);
};

/** Lesions without the marks that do not belong on the open images of their UIDs. */
export const lesionsOnShow = (
  lesions: readonly Lesion[],
  images: readonly OpenImage[],
): readonly Lesion[] => {
  const imageOf: (sop: string) => PixelIdentity | undefined = byUid(images);
  return lesions.map((lesion) => withoutAway(lesion, imageOf));
};

/** Every mark that stays away from an open image, with that image. */
export const awayOnShow = (lesions: readonly Lesion[], images: readonly OpenImage[]) => {
  const imageOf = byUid(images);
  return lesions.flatMap((lesion) =>
    awayMarks(lesion, imageOf).map((mark) => ({
      lesion,
      ...mark,
      image: imageOf(mark.sopInstanceUid) as OpenImage,
    })),
  );
};

const engineKey = ({ backend, adapter }: EngineInfo): string => `${backend} ${adapter}`;

type Basis = ScoreBasis | NoBasis;

const markedImages = (lesion: Lesion, images: readonly OpenImage[]) => {
  const imageOf = byUid(images);
  const [shown] = lesionsOnShow([lesion], images);
  return Object.entries(shown?.marks ?? {})
    .flatMap(([sop, box]) => {
      const image = imageOf(sop);
      return image ? [{ sop, box, image }] : [];
    })
    .sort((a, b) => (a.sop < b.sop ? -1 : 1));
};

/** What a lesion is to be scored from: its marks that stand on open images, if they may be joined. */
export const basisOf = (
  lesion: Lesion,
  images: readonly OpenImage[],
  pack: string,
  engine: EngineInfo,
): Basis => {
  if (Object.keys(lesion.marks).length === 0) return { phase: 'unmarked' };
  const marked = markedImages(lesion, images);
  if (marked.length === 0) return { phase: 'closed' };
  const origins = marked.map(({ image }) => originOf(image.header, images));
  const blocked = marked.flatMap(({ image }, i) =>
    image.scopeNotes
      .filter((note) => note.severity === 'blocks')
      .map(({ text }) => ({ view: origins[i]?.name ?? '', text })),
  );
  const joined = joinViews(origins);
  const reasons = [...blocked, ...(joined.ok ? [] : [{ text: joined.error.text }])];
  if (reasons.length > 0) return { phase: 'refused', reasons };
  const of = marked.map(
    ({ sop, box, image }, i) => `${sop} ${image.digest} ${origins[i]?.name ?? ''} ${boxText(box)}`,
  );
  return {
    key: [pack, engineKey(engine), ...of].join('|'),
    marks: marked.map(({ sop, box }) => [sop, box] as const),
    origins,
  };
};

export const isBasis = (basis: Basis): basis is ScoreBasis => 'key' in basis;

export interface ScoreSources {
  readonly engine: EngineStatus;
  readonly results: Readonly<Record<string, LesionResult>>;
  /** Which pack scores. */
  readonly pack: string;
}

/** Without an engine that is ready nothing that was computed holds. */
const NO_ENGINE: EngineInfo = { backend: 'wasm', adapter: '', software: true, passedOver: [] };

/**
 * The one place where a score is held against what it was computed from: marks, pixels, pack and
 * engine as they are now. Card, picture, tooltip, report and exports show what it answers, and no
 * number but a 'scored' one's.
 */
export const scoreOnShow = (
  lesion: Lesion,
  { engine, results, pack }: ScoreSources,
  images: readonly OpenImage[],
): ScoreOnShow => {
  const isReady = engine.phase === 'ready';
  const basis = basisOf(lesion, images, pack, isReady ? engine.info : NO_ENGINE);
  if (!isBasis(basis)) return basis;
  const result = results[lesion.id];
  if (!isReady || result?.basis !== basis.key) return { phase: 'waiting' };
  return result;
};

/** The score that may be shown of a lesion; undefined where there is none. */
export const scoredOnShow = (...asked: Parameters<typeof scoreOnShow>): Scored | undefined => {
  const result = scoreOnShow(...asked);
  return result.phase === 'scored' ? result : undefined;
};
