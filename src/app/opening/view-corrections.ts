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
import type { CorrectionStorage, KeptCorrection, OtherTabs } from '../../ports/storage.ts';

interface Sources {
  readonly studies: StudiesStore;
  readonly notices: NoticesStore;
  readonly registry: ImageRegistry;
  readonly storage?: CorrectionStorage;
  /** Hears of the images whose corrections were written. */
  readonly tabs?: OtherTabs<readonly string[]> | undefined;
  /** Called after the side or view of open images has become another. */
  readonly onCorrected: () => void;
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

/**
 * The reader's corrections of side and view: applied to what is opened, and kept. Other tabs hear of them, and
 * correct what is open there.
 */
export const createViewCorrections = ({
  studies,
  notices,
  registry,
  storage = createCorrectionStorage(),
  tabs,
  onCorrected,
}: Sources) => {
  let kept = new Map<string, KeptCorrection>();
  /** Of this page, on their way to storage or refused; an empty one takes a correction back. */
  const unwritten = new Map<string, KeptCorrection>();
  const tell = (text: Message | undefined) => notices.getState().tell('corrections', text);

  const load = async () => {
    try {
      kept = new Map(await storage.all());
    } catch (error) {
      tell(message('corrections.unread', { why: reasonOf(error) }));
    }
  };

  const keep = async (sop: string, own: KeptCorrection) => {
    unwritten.set(sop, own);
    try {
      if (isEmpty(own.correction)) await storage.remove(sop);
      else await storage.save(sop, own);
      if (unwritten.get(sop) === own) unwritten.delete(sop);
      if (isEmpty(own.correction)) kept.delete(sop);
      else kept.set(sop, own);
      tabs?.tell([sop]);
      tell(undefined);
    } catch (error) {
      tell(message('corrections.unsaved', { why: reasonOf(error) }));
    }
  };

  const apply = (asRead: MammogramHeader, pixels: PixelIdentity): MammogramHeader => {
    const { sopInstanceUid: sop } = asRead;
    const own = unwritten.get(sop) ?? kept.get(sop);
    if (!own) return asRead;
    if (own.pixels && !samePixels(own.pixels, pixels)) {
      const text = message('corrections.other-pixels', { view: viewLabel(asRead) });
      notices.getState().tell(`other pixels ${sop}`, text, { about: [sop] });
      return asRead;
    }
    return correctView(asRead, own.correction);
  };

  /** Shows an open image under a header; false where it is not open. */
  const show = (sop: string, header: MammogramHeader): boolean => {
    const pixels = registry.get(sop);
    if (!pixels) return false;
    const { scopeNotes, scorable } = scopeOf(header, pixels.image);
    registry.set(sop, { ...pixels, scorable });
    studies.getState().replaceHeader(sop, header, scopeNotes);
    return true;
  };

  const takeOver = async (sops: readonly string[]): Promise<void> => {
    await load();
    const corrected = sops.filter((sop) => {
      const open = openImage(studies.getState().images, sop);
      if (!open) return false;
      const header = apply(open.asRead, open);
      const [now, before] = [correctionOf(header), correctionOf(open.header)];
      return (now.side !== before.side || now.view !== before.view) && show(sop, header);
    });
    if (corrected.length > 0) onCorrected();
  };
  let heard = Promise.resolve();
  tabs?.onTold((sops) => {
    heard = heard.then(() => takeOver(sops));
  });

  return {
    /** Call before images are opened, so that what was corrected by now, in whatever tab, is at hand. */
    load,
    /**
     * The header as the reader corrected it, given as read. What was said of other pixels under the
     * same UID stays away, which is said.
     */
    apply,
    /** Corrects an open image; an empty correction goes back to the file's own words. */
    correct: (sop: string, correction: ViewCorrection): void => {
      const open = openImage(studies.getState().images, sop);
      if (!open) return;
      const header = correctView(open.asRead, correction);
      if (!show(sop, header)) return;
      const { columns, rows, digest } = open;
      void keep(sop, { correction: correctionOf(header), pixels: { columns, rows, digest } });
      onCorrected();
    },
    /** Corrects open images as storage has it by now. */
    takeOver,
  };
};
