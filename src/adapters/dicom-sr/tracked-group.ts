import type { ReportImage } from '../../core/report/case-report.ts';
import { trackingUid } from '../../core/report/uid.ts';
import { SIDES } from './codes.ts';
import { C, V } from './concepts.ts';
import {
  as,
  code,
  container,
  image,
  type Point,
  scoord,
  text,
  uidref,
  type ContentItem,
} from './content.ts';

/** A measurement group that says, by a name for people and a UID, what it is about. */
export const trackedGroup = (name: string, id: string, ...items: ContentItem[]): ContentItem =>
  container(C.measurementGroup, [
    ...as(
      'HAS OBS CONTEXT',
      text(C.trackingIdentifier, name),
      uidref(C.trackingUniqueIdentifier, trackingUid(id)),
    ),
    ...items,
  ]);

const findingSite = ({ laterality }: ReportImage): ContentItem =>
  code(C.findingSite, laterality ? SIDES[laterality] : V.breast);

interface MarkedView {
  readonly name: string;
  readonly id: string;
  /** By what it was found or judged. */
  readonly algorithm: readonly ContentItem[];
  readonly on: ReportImage;
  /** Corners of its outline, in pixels of the image. */
  readonly outline: readonly Point[];
  readonly said: readonly ContentItem[];
}

/** TID 1410 "Planar ROI Measurements and Qualitative Evaluations": one view of a mass. */
export const planarGroup = ({ name, id, algorithm, on, outline, said }: MarkedView): ContentItem =>
  trackedGroup(
    name,
    id,
    ...as('CONTAINS', code(C.finding, V.mass)),
    ...as('HAS CONCEPT MOD', ...algorithm, findingSite(on)),
    ...as('CONTAINS', scoord(C.imageRegion, 'POLYLINE', outline, image(on)), ...said),
  );
