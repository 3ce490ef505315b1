import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { OpenPicture } from '../../core/foreign/carry.ts';
import { type ForeignDocument, imagesOf } from '../../core/foreign/document.ts';
import { type PlacedFinding, placedFindings } from '../../core/foreign/placed.ts';
import type { PresentationState } from '../../core/foreign/presentation-state.ts';
import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import { isFindingShown, isForeignHidden } from '../../state/foreign-shown.ts';
import { imagesOnShow } from '../../state/studies-store.ts';
import { useForeign, useLesions, useReadingFirst, useServices, useStudies } from '../services.tsx';

/** Whether the reader has to say something of the exam on show first. */
export const useForeignHidden = (): boolean => {
  const readingFirst = useReadingFirst();
  const exam = useStudies(imagesOnShowOnce);
  const lesions = useLesions((s) => s.lesions);
  const readings = useStore(useServices().examReadings, (s) => s.readings);
  return isForeignHidden(exam, { readingFirst, lesions, readings });
};

type Shown = Parameters<typeof imagesOnShow>[0];
let last: { readonly of: Shown; readonly images: ReturnType<typeof imagesOnShow> } | undefined;
/** The same list for the same state: a selector must not answer a new one each time. */
const imagesOnShowOnce = (of: Shown) => {
  if (last?.of !== of) last = { of, images: imagesOnShow(of) };
  return last.images;
};

const useOpenPictures = (): readonly OpenPicture[] => {
  const images = useStudies((s) => s.images);
  const { imageOf } = useServices();
  return useMemo(
    () =>
      images.map(({ header, columns, rows }) => ({
        header,
        columns,
        rows,
        spacing: imageOf(header.sopInstanceUid)?.spacing,
      })),
    [images, imageOf],
  );
};

/** The findings of some documents with where they belong on the open images. */
export const usePlaced = (documents: readonly ForeignDocument[]): readonly PlacedFinding[] => {
  const pictures = useOpenPictures();
  return useMemo(() => placedFindings(documents, pictures), [documents, pictures]);
};

/** The findings that are drawn now. */
export const useDrawn = (): readonly PlacedFinding[] => {
  const hidden = useForeignHidden();
  const placed = usePlaced(useForeign((s) => s.documents));
  const marks = useForeign((s) => s.marks);
  const off = useForeign((s) => s.off);
  const unpresented = useForeign((s) => s.unpresented);
  return useMemo(
    () =>
      hidden ? [] : placed.filter((each) => isFindingShown(each, { marks, off, unpresented })),
    [hidden, placed, marks, off, unpresented],
  );
};

/** The presentation state that is applied to an image. */
export const useAppliedState = (sop: string): PresentationState | undefined => {
  const hidden = useForeignHidden();
  const state = useForeign(
    (s) => s.documents.find(({ sopInstanceUid }) => sopInstanceUid === s.applied)?.content,
  );
  return !hidden && state?.kind === 'presentation' && state.images.includes(sop)
    ? state
    : undefined;
};

/** Whether a key object selection names an image. */
export const useIsKeyImage = ({ sopInstanceUid }: MammogramHeader): boolean =>
  useForeign((s) =>
    s.documents.some(
      (document) =>
        document.content.kind === 'key objects' && imagesOf(document).includes(sopInstanceUid),
    ),
  );
