import type { DcmjsDict } from 'dcmjs';
import type { CaseReport } from '../../core/report/case-report.ts';
import { agrees, asGraphics } from './agreement.ts';
import { readItems, readNumbers, readText } from './data-set.ts';
import { KEY_IMAGE_LABEL } from './key-image-state.ts';
import type { TreeContent } from './read-cad-tree.ts';
import { childrenOf, imageUidOf } from './tree.ts';

/** Whether a presentation state is that of a view which the reader kept. */
export const isKeyImageState = (dict: DcmjsDict): boolean =>
  readText(dict, 'ContentLabel') === KEY_IMAGE_LABEL;

/** The images of a key object selection, one an entry; it says nothing of lesions. */
export const readSelection = (dict: DcmjsDict): TreeContent => ({
  images: childrenOf(dict).map(imageUidOf).filter(Boolean),
  lesions: [],
});

/** Whether the selection still lists the views that the private block says were kept of its study. */
export const selectionAgrees = (
  { images }: TreeContent,
  report: CaseReport,
  dict: DcmjsDict,
): boolean => {
  const study = readText(dict, 'StudyInstanceUID');
  const own = new Set(
    report.images.filter((i) => i.studyInstanceUid === study).map((i) => i.sopInstanceUid),
  );
  const kept = (report.keyImages ?? []).flatMap(({ sopInstanceUid }) =>
    own.has(sopInstanceUid) ? [sopInstanceUid] : [],
  );
  return kept.length > 0 && kept.join() === images.join();
};

/** First and last pixel on show, from 1 on. */
const areaOf = (dict: DcmjsDict): string =>
  readItems(dict, 'DisplayedAreaSelectionSequence')
    .map((area) => [
      ...readNumbers(area, 'DisplayedAreaTopLeftHandCorner'),
      ...readNumbers(area, 'DisplayedAreaBottomRightHandCorner'),
    ])
    .join(';');

/** Whether the state still shows a part of its image that the private block says was kept. */
export const keyStateAgrees = (tree: TreeContent, report: CaseReport, dict: DcmjsDict): boolean => {
  const shown = areaOf(dict);
  const isKept = (report.keyImages ?? []).some(
    ({ sopInstanceUid, area: { x, y, width, height } }) =>
      sopInstanceUid === tree.images[0] && [x + 1, y + 1, x + width, y + height].join() === shown,
  );
  return isKept && agrees(tree, report, asGraphics);
};
