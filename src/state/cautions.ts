import { type Caution, scoreCautions } from '../core/explain/score-cautions.ts';
import { nippleDisagreement } from '../core/lesion/nipple-arc.ts';
import { isNotShipped } from '../core/pack/shipped.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { breastViewOf, nippleOf, type NipplesState, type SeenImage } from './nipples-store.ts';
import type { Scored } from './lesion-result.ts';
import { openImage } from './studies-store.ts';
import type { EngineStatus } from '../ports/inference.ts';
import type { OpenImage } from '../ports/analysis.ts';

interface CautionSources {
  readonly images: readonly OpenImage[];
  /** The same with what is known of their pixels. */
  readonly seen: readonly SeenImage[];
  readonly nipples: Pick<NipplesState, 'placed' | 'landmarks'>;
  readonly engine: EngineStatus;
  /** The pack that scores; undefined where none is loaded. */
  readonly pack: { readonly version: string } | undefined;
}

/** All that is to be said beside a score, on screen and on paper. */
export const cautionsOf = (
  scored: Scored,
  { images, seen, nipples, engine, pack }: CautionSources,
): readonly Caution[] => {
  const { views, boxes, origins, outlines, described, answer } = scored;
  const scopeTexts = views.map((sop) => {
    const image = openImage(images, sop);
    return image?.scopeNotes.map((note) => note.text) ?? [];
  });
  const marked = views.flatMap((sop, i) => {
    const image = seen.find(({ header }) => header.sopInstanceUid === sop);
    const [nipple, box] = [nippleOf(nipples, sop), boxes[i]];
    if (!image || !nipple || !box) return [];
    return [{ ...breastViewOf(image), box, nipple: nipple.point, name: viewLabel(image.header) }];
  });
  return scoreCautions({
    score: answer.score,
    origins,
    outlineQualities: outlines.map((outline) => outline.quality),
    scopeTexts,
    described,
    reference: engine.phase === 'ready' ? engine.reference : undefined,
    nipples: nippleDisagreement(marked),
    isPackForeign: pack !== undefined && isNotShipped(pack),
  });
};
