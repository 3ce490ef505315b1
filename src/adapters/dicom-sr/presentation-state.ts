import type { Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type {
  CaseReport,
  LookupTableKind,
  ReportImage,
  ReportStudy,
} from '../../core/report/case-report.ts';
import { annotations, layers } from './annotations.ts';
import { equipment, identity, patientAndStudy, type ObjectIdentity } from './common-modules.ts';
import { imageReference } from './content.ts';
import { decimalString, type Attributes } from './data-set.ts';
import { groupBy } from '../../core/units/group-by.ts';
import { momentOf } from './moment.ts';
import {
  newUid,
  NOTHING_TO_REPORT,
  written,
  type DicomObject,
  type ExportPorts,
} from './sr-document.ts';

/** Grayscale Softcopy Presentation State Storage, PS3.4 B.5. */
export const PRESENTATION_STATE = '1.2.840.10008.5.1.4.1.1.11.1';

const FIRST_SERIES_NUMBER = 9903;

/** Displayed Area module (PS3.3 C.10.4): the whole image, fitted, in its true shape. */
const displayedArea = (image: ReportImage): Attributes => ({
  ReferencedImageSequence: imageReference(image),
  DisplayedAreaTopLeftHandCorner: [1, 1],
  DisplayedAreaBottomRightHandCorner: [image.columns, image.rows],
  PresentationSizeMode: 'SCALE TO FIT',
  ...(image.spacing
    ? {
        PresentationPixelSpacing: [image.spacing.row, image.spacing.column].map(decimalString),
      }
    : { PresentationPixelAspectRatio: [1, 1] }),
});

/** Softcopy VOI LUT module (PS3.3 C.11.8): each image's own window; none is the identity. */
export const windows = (images: readonly ReportImage[]): Attributes => {
  const items = images.flatMap((image) => {
    const window = image.display?.window;
    if (!window) return [];
    return [
      {
        ReferencedImageSequence: imageReference(image),
        WindowCenter: decimalString(window.center),
        WindowWidth: decimalString(window.width),
        VOILUTFunction: window.function,
      },
    ];
  });
  return items.length > 0 ? { SoftcopyVOILUTSequence: items } : {};
};

/** Modality LUT module (PS3.3 C.11.1): left out where it changes nothing. */
export const rescale = (image: ReportImage | undefined): Attributes => {
  const { slope = 1, intercept = 0 } = image?.display?.rescale ?? {};
  if (slope === 1 && intercept === 0) return {};
  return {
    RescaleIntercept: decimalString(intercept),
    RescaleSlope: decimalString(slope),
    RescaleType: 'US',
  };
};

/** Content Description, of 64 characters: a state carries no lookup table of the file, and says so. */
export const describedState = (
  what: 'Lesions marked' | 'View kept',
  tables: readonly LookupTableKind[] = [],
): string =>
  tables.length > 0
    ? `${what}, without ${tables.join(' and ')} LUT, research use only`
    : `${what} by the reader, research use only`;

/**
 * Images that one state can serve: its modality LUT and polarity are those of all of them, and so is what
 * it is without; its series is of one side (Laterality, PS3.3 C.7.3.1).
 */
const stateKey = ({ studyInstanceUid, laterality, display }: ReportImage): string =>
  JSON.stringify([
    studyInstanceUid,
    laterality,
    display?.photometric,
    display?.rescale,
    display?.tables,
  ]);

export const referencedSeries = (images: readonly ReportImage[]): Attributes[] =>
  groupBy(images, (image) => image.seriesInstanceUid).map((series) => ({
    SeriesInstanceUID: series[0]?.seriesInstanceUid,
    ReferencedImageSequence: series.map(imageReference),
  }));

/** PS3.3 A.33.1: Grayscale Softcopy Presentation State of images of one study. */
const stateAttributes = (
  report: CaseReport,
  study: ReportStudy,
  images: readonly ReportImage[],
  object: ObjectIdentity,
): Attributes => {
  const { date, time } = momentOf(report.createdAt);
  const marks = images.flatMap((image) => annotations(report, image));
  const inverted = images[0]?.display?.photometric === 'MONOCHROME1';
  return {
    ...patientAndStudy(report, study),
    ...identity(object, report),
    ...equipment(report),
    Laterality: images[0]?.laterality ?? '',
    PresentationCreationDate: date,
    PresentationCreationTime: time,
    ContentLabel: 'TANDEM_LESIONS',
    ContentDescription: describedState('Lesions marked', images[0]?.display?.tables),
    ContentCreatorName: '',
    ReferencedSeriesSequence: referencedSeries(images),
    DisplayedAreaSelectionSequence: images.map(displayedArea),
    GraphicAnnotationSequence: marks,
    GraphicLayerSequence: layers(marks),
    ...rescale(images[0]),
    ...windows(images),
    // The state replaces the image's polarity: MONOCHROME1 stays dark-on-light by INVERSE (C.11.6).
    PresentationLUTShape: inverted ? 'INVERSE' : 'IDENTITY',
  };
};

const writeState = (
  report: CaseReport,
  images: readonly ReportImage[],
  object: ObjectIdentity,
): Result<DicomObject, Message> => {
  const study = report.studies.find((s) => s.studyInstanceUid === images[0]?.studyInstanceUid);
  if (!study) return err(NOTHING_TO_REPORT);
  return written(report, object, stateAttributes(report, study, images, object), {
    fileName: `presentation-state-${object.instanceNumber}.dcm`,
    studyInstanceUid: study.studyInstanceUid,
  });
};

/**
 * The marks as presentation states, which an ordinary PACS viewer draws over the images: one, in a
 * series of its own, for every study and side with a marked image. Fails where no lesion is marked.
 */
export const writePresentationStates = (
  report: CaseReport,
  ports: ExportPorts,
): Result<DicomObject[], Message> => {
  const marked = new Set(report.lesions.flatMap((l) => l.marks.map((mark) => mark.sopInstanceUid)));
  const images = report.images.filter((image) => marked.has(image.sopInstanceUid));
  if (images.length === 0) return err(NOTHING_TO_REPORT);
  const objects: DicomObject[] = [];
  for (const [i, group] of groupBy(images, stateKey).entries()) {
    const state = writeState(report, group, {
      sopClassUid: PRESENTATION_STATE,
      sopInstanceUid: newUid(ports),
      seriesInstanceUid: newUid(ports),
      modality: 'PR',
      seriesNumber: FIRST_SERIES_NUMBER + i,
      instanceNumber: i + 1,
      seriesDescription: 'Lesion marks, research use only',
    });
    if (!state.ok) return state;
    objects.push(state.value);
  }
  return ok(objects);
};
