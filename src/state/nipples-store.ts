import { createStore } from 'zustand/vanilla';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import type { MammogramImage } from '../core/image/mammogram-image.ts';
import type { BreastLandmarks } from '../core/image/nipple.ts';
import type { BreastView } from '../core/lesion/breast-plane.ts';
import type { Lesion } from '../core/lesion/lesion.ts';
import { type LesionLocation, locateLesion } from '../core/lesion/location.ts';
import type { ImagePoint } from '../core/geometry/point.ts';

type ByImage<T> = Readonly<Record<string, T>>;

export interface NipplesState {
  /** What was found on each image, by SOP Instance UID. */
  readonly landmarks: ByImage<BreastLandmarks>;
  /** Nipples that the reader set or confirmed, in stored pixels. */
  readonly placed: ByImage<ImagePoint>;
  /** Whether the next click on a picture sets its nipple. */
  readonly placing: boolean;
  /** Whether nipples and arcs of equal nipple distance are drawn. */
  readonly shown: boolean;
  found(sopInstanceUid: string, landmarks: BreastLandmarks): void;
  /** Sets or confirms the nipple of an image. */
  place(sopInstanceUid: string, point: ImagePoint): void;
  /** Brings back nipples that were kept; those set since stay. */
  restore(placed: ByImage<ImagePoint>): void;
  /** Takes over nipples that were set in another tab. */
  adopt(placed: ByImage<ImagePoint>): void;
  forget(sopInstanceUids: readonly string[]): void;
  startPlacing(on: boolean): void;
  show(on: boolean): void;
}

export type NipplesStore = ReturnType<typeof createNipplesStore>;

const without = <T>(all: ByImage<T>, gone: ReadonlySet<string>): ByImage<T> =>
  Object.fromEntries(Object.entries(all).filter(([sop]) => !gone.has(sop)));

/** The nipples of the open images. */
export const createNipplesStore = () =>
  createStore<NipplesState>()((set) => ({
    landmarks: {},
    placed: {},
    placing: false,
    shown: true,
    found: (sop, landmarks) => set((s) => ({ landmarks: { ...s.landmarks, [sop]: landmarks } })),
    place: (sop, point) =>
      set((s) => ({ placed: { ...s.placed, [sop]: point }, placing: false, shown: true })),
    restore: (placed) => set((s) => ({ placed: { ...placed, ...s.placed } })),
    adopt: (placed) => set((s) => ({ placed: { ...s.placed, ...placed } })),
    forget: (sops) =>
      set((s) => {
        const gone = new Set(sops);
        return { landmarks: without(s.landmarks, gone), placed: without(s.placed, gone) };
      }),
    startPlacing: (placing) => set({ placing }),
    show: (shown) => set({ shown }),
  }));

export interface Nipple {
  readonly point: ImagePoint;
  /** Set or confirmed by the reader; else detected. */
  readonly confirmed: boolean;
}

export const nippleOf = (
  { placed, landmarks }: Pick<NipplesState, 'placed' | 'landmarks'>,
  sopInstanceUid: string,
): Nipple | undefined => {
  const own = placed[sopInstanceUid];
  if (own) return { point: own, confirmed: true };
  const detected = landmarks[sopInstanceUid]?.nipple;
  return detected && { point: detected, confirmed: false };
};

/** An open image, as far as places in the breast go. */
export interface SeenImage {
  readonly header: MammogramHeader;
  readonly image: Pick<MammogramImage, 'rows' | 'columns' | 'pixelAspect' | 'spacing'>;
}

export const breastViewOf = ({ header, image }: SeenImage): BreastView => ({
  header,
  columns: image.columns,
  rows: image.rows,
  pixelAspect: image.pixelAspect,
  columnSpacing: image.spacing?.column,
});

/** Where a lesion or finding lies, from its marks on open images whose nipple is known. */
export const locationOf = (
  lesion: Pick<Lesion, 'marks'>,
  images: readonly SeenImage[],
  nipples: Pick<NipplesState, 'placed' | 'landmarks'>,
): LesionLocation | undefined =>
  locateLesion(
    images.flatMap((seen) => {
      const box = lesion.marks[seen.header.sopInstanceUid];
      const nipple = nippleOf(nipples, seen.header.sopInstanceUid);
      if (!box || !nipple) return [];
      return [
        { ...breastViewOf(seen), box, nipple: nipple.point, nippleConfirmed: nipple.confirmed },
      ];
    }),
  );
