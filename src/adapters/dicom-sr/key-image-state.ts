import type {
  CaseReport,
  LookupTableKind,
  ReportImage,
  ReportStudy,
} from '../../core/report/case-report.ts';
import type { KeyImage } from '../../core/report/key-image.ts';
import { annotations, layers } from './annotations.ts';
import { equipment, identity, patientAndStudy, type ObjectIdentity } from './common-modules.ts';
import { imageReference } from './content.ts';
import { decimalString, type Attributes } from './data-set.ts';
import { momentOf } from './moment.ts';
import { describedState, referencedSeries, rescale, windows } from './presentation-state.ts';

/** Displayed Area module (PS3.3 C.10.4): corners are the first and last pixel on show, from 1 on. */
const displayedArea = (image: ReportImage, { area }: KeyImage): Attributes => ({
  ReferencedImageSequence: imageReference(image),
  DisplayedAreaTopLeftHandCorner: [area.x + 1, area.y + 1],
  DisplayedAreaBottomRightHandCorner: [area.x + area.width, area.y + area.height],
  PresentationSizeMode: 'SCALE TO FIT',
  ...(image.spacing
    ? { PresentationPixelSpacing: [image.spacing.row, image.spacing.column].map(decimalString) }
    : { PresentationPixelAspectRatio: [1, 1] }),
});

/** The image with the window that it was kept with as its own. */
const asKept = (image: ReportImage, { window }: KeyImage): ReportImage => {
  const { window: _own, ...display } = image.display ?? { photometric: 'MONOCHROME2' as const };
  return { ...image, display: { ...display, ...(window && { window }) } };
};

/** Content Label (0070,0080): tells the state of a kept view from one of the marks of a side. */
export const KEY_IMAGE_LABEL = 'TANDEM_KEY_IMAGE';

/** PS3.3 A.33.1: how one kept view was shown, with the marks on it. */
export const keyImageState = (
  report: CaseReport,
  study: ReportStudy,
  image: ReportImage,
  key: KeyImage,
  object: ObjectIdentity,
): Attributes => {
  const { date, time } = momentOf(report.createdAt);
  const marks = annotations(report, image);
  const isMissed = (table: LookupTableKind) =>
    table === 'VOI' ? !key.window : image.display?.tables?.includes(table);
  const missing = (['Modality', 'VOI'] as const).filter(isMissed);
  const isLightOnDark = (image.display?.photometric === 'MONOCHROME1') === key.inverted;
  return {
    ...patientAndStudy(report, study),
    ...identity(object, report),
    ...equipment(report),
    Laterality: image.laterality ?? '',
    PresentationCreationDate: date,
    PresentationCreationTime: time,
    ContentLabel: KEY_IMAGE_LABEL,
    ContentDescription: describedState('View kept', missing),
    ContentCreatorName: '',
    ReferencedSeriesSequence: referencedSeries([image]),
    DisplayedAreaSelectionSequence: displayedArea(image, key),
    ...(marks.length > 0 && {
      GraphicAnnotationSequence: marks,
      GraphicLayerSequence: layers(marks),
    }),
    ...rescale(image),
    ...windows([asKept(image, key)]),
    PresentationLUTShape: isLightOnDark ? 'IDENTITY' : 'INVERSE',
  };
};
