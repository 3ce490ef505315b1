import { createCorrectionStorage } from '../../adapters/storage/correction-storage.ts';
import { reasonOf } from '../../core/message/failure.ts';
import { message, type Message } from '../../core/message/message.ts';
import { outOfScopeReasons } from '../../core/lesion/scope.ts';
import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import { viewLabel } from '../../core/dicom/view-label.ts';
import {
  correctionOf,
  correctView,
  type ViewCorrection,
} from '../../core/dicom/view-correction.ts';
import { type PixelIdentity, samePixels } from '../../core/image/pixel-identity.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import type { NoticesStore } from '../../state/notices-store.ts';
import { openImage, type StudiesStore } from '../../state/studies-store.ts';
import type { ImageRegistry } from './image-registry.ts';
import type { KeptCorrection, CorrectionStorage } from '../../ports/storage.ts';

interface Sources {
  readonly studies: StudiesStore;
  readonly notices: NoticesStore;
  readonly registry: ImageRegistry;
  readonly storage?: CorrectionStorage;
}

const isEmpty = ({ side, view }: ViewCorrection): boolean => !side && !view;

/** What the image is beyond or below, and whether it may be scored for all that. */
export const scopeOf = (header: MammogramHeader, image: MammogramImage) => {
  const scopeNotes = outOfScopeReasons(header, image).map(({ code, severity, text }) => ({
    code,
    severity,
    text,
  }));
  return { scopeNotes, scorable: scopeNotes.every((note) => note.severity !== 'blocks') };
};

/** The reader's corrections of side and view: applied to what is opened, and kept. */
export const createViewCorrections = ({
  studies,
  notices,
  registry,
  storage = createCorrectionStorage(),
}: Sources) => {
  let kept = new Map<string, KeptCorrection>();
  let loading: Promise<void> | undefined;
  const tell = (text: Message | undefined) => notices.getState().tell('corrections', text);

  const load = async () => {
    try {
      kept = new Map([...(await storage.all()), ...kept]);
    } catch (error) {
      loading = undefined;
      tell(message('corrections.unread', { why: reasonOf(error) }));
    }
  };

  const keep = async (sop: string, kept: KeptCorrection) => {
    try {
      if (isEmpty(kept.correction)) await storage.remove(sop);
      else await storage.save(sop, kept);
      tell(undefined);
    } catch (error) {
      tell(message('corrections.unsaved', { why: reasonOf(error) }));
    }
  };

  return {
    /** Call before images are opened, so that earlier corrections are at hand. */
    load: () => (loading ??= load()),
    /**
     * The header as the reader corrected it, given as read. What was said of other pixels under the
     * same UID stays away, which is said.
     */
    apply: (asRead: MammogramHeader, pixels: PixelIdentity): MammogramHeader => {
      const { sopInstanceUid: sop } = asRead;
      const own = kept.get(sop);
      if (!own) return asRead;
      if (own.pixels && !samePixels(own.pixels, pixels)) {
        const text = message('corrections.other-pixels', { view: viewLabel(asRead) });
        notices.getState().tell(`other pixels ${sop}`, text);
        return asRead;
      }
      return correctView(asRead, own.correction);
    },
    /** Corrects an open image; an empty correction goes back to the file's own words. */
    correct: (sop: string, correction: ViewCorrection): void => {
      const open = openImage(studies.getState().images, sop);
      const pixels = registry.get(sop);
      if (!open || !pixels) return;
      const header = correctView(open.asRead, correction);
      const set = correctionOf(header);
      const { columns, rows, digest } = open;
      const own = { correction: set, pixels: { columns, rows, digest } };
      if (isEmpty(set)) kept.delete(sop);
      else kept.set(sop, own);
      const { scopeNotes, scorable } = scopeOf(header, pixels.image);
      registry.set(sop, { ...pixels, scorable });
      studies.getState().replaceHeader(sop, header, scopeNotes);
      void keep(sop, own);
    },
  };
};
