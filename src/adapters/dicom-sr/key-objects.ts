import { message, type Message } from '../../core/message/message.ts';
import { err, ok, type Result } from '../../core/message/result.ts';
import type { CaseReport, ReportImage, ReportStudy } from '../../core/report/case-report.ts';
import type { KeyImage } from '../../core/report/key-image.ts';
import { equipment, identity, patientAndStudy, type ObjectIdentity } from './common-modules.ts';
import { C, V } from './concepts.ts';
import { as, container, imageReference, text, type ContentItem } from './content.ts';
import type { Attributes } from './data-set.ts';
import { groupBy } from '../../core/units/group-by.ts';
import { KEY_OBJECT_SELECTION, studyReference } from './evidence.ts';
import { keyImageState } from './key-image-state.ts';
import { momentOf } from './moment.ts';
import { PRESENTATION_STATE } from './presentation-state.ts';
import { newUid, written, type DicomObject, type ExportPorts } from './sr-document.ts';

const SERIES_NUMBER = { documents: 9920, states: 9921 };

/** A view that was kept, with the state that shows it so. */
interface Kept {
  readonly key: KeyImage;
  readonly image: ReportImage;
  readonly state: ObjectIdentity;
}

/** An image under the state that shows it as it was kept (PS3.3 C.18.4). */
const keyItem = ({ image, state }: Kept): ContentItem => ({
  ValueType: 'IMAGE',
  ReferencedSOPSequence: {
    ...imageReference(image),
    ReferencedSOPSequence: imageReference(state),
  },
});

const description = (count: number): string =>
  `${count === 1 ? '1 view' : `${count} views`} kept by the reader as shown. Research use only.`;

/** TID 2010 "Key Object Selection". */
const selectionTree = (kept: readonly Kept[]): ContentItem =>
  container(V.ofInterest, [
    ...as('CONTAINS', text(C.keyObjectDescription, description(kept.length)), ...kept.map(keyItem)),
  ]);

/** All that the tree refers to: images and the states over them, each once (PS3.3 C.17.6.2). */
const evidence = (study: ReportStudy, kept: readonly Kept[]): Attributes => {
  const images = groupBy(kept, ({ image }) => image.sopInstanceUid).flatMap(([first]) =>
    first ? [first.image] : [],
  );
  const states = kept.map(({ state }) => ({ ...state, studyInstanceUid: study.studyInstanceUid }));
  return { CurrentRequestedProcedureEvidenceSequence: studyReference([...images, ...states]) };
};

/** PS3.3 A.35.4: the selection itself. */
const selectionAttributes = (
  report: CaseReport,
  study: ReportStudy,
  kept: readonly Kept[],
  object: ObjectIdentity,
): Attributes => {
  const { date, time } = momentOf(report.createdAt);
  return {
    ...patientAndStudy(report, study),
    ...identity(object, report),
    ...equipment(report),
    ReferencedPerformedProcedureStepSequence: [],
    ContentDate: date,
    ContentTime: time,
    ...evidence(study, kept),
    ContentTemplateSequence: { MappingResource: 'DCMR', TemplateIdentifier: '2010' },
    ...selectionTree(kept),
  };
};

/** The states and the selection of one study; `from` counts the states of the studies before. */
const writeStudy = (
  report: CaseReport,
  study: ReportStudy,
  kept: readonly Kept[],
  selection: ObjectIdentity,
): Result<DicomObject, Message>[] => {
  const { studyInstanceUid } = study;
  return [
    ...kept.map(({ key, image, state }) =>
      written(report, state, keyImageState(report, study, image, key, state), {
        fileName: `key-image-${state.instanceNumber}.dcm`,
        studyInstanceUid,
      }),
    ),
    written(report, selection, selectionAttributes(report, study, kept, selection), {
      fileName: `key-objects-${selection.instanceNumber}.dcm`,
      studyInstanceUid,
    }),
  ];
};

/**
 * The views that the reader kept: a presentation state each, which holds what was shown of it and its
 * window, and for every study a Key Object Selection of the images under these states. Fails where
 * none was kept.
 */
export const writeKeyObjects = (
  report: CaseReport,
  ports: ExportPorts,
): Result<DicomObject[], Message> => {
  const imageOf = (uid: string) => report.images.find((i) => i.sopInstanceUid === uid);
  let count = 0;
  const kept = (report.keyImages ?? []).flatMap((key): Kept[] => {
    const image = imageOf(key.sopInstanceUid);
    if (!image) return [];
    count++;
    const state: ObjectIdentity = {
      sopClassUid: PRESENTATION_STATE,
      sopInstanceUid: newUid(ports),
      // A series is of one side (Laterality, PS3.3 C.7.3.1): each state has its own.
      seriesInstanceUid: newUid(ports),
      modality: 'PR',
      seriesNumber: SERIES_NUMBER.states + count,
      instanceNumber: count,
      seriesDescription: 'Key images, research use only',
    };
    return [{ key, image, state }];
  });
  const results = report.studies.flatMap((study, i) => {
    const own = kept.filter(({ image }) => image.studyInstanceUid === study.studyInstanceUid);
    if (own.length === 0) return [];
    return writeStudy(report, study, own, {
      sopClassUid: KEY_OBJECT_SELECTION,
      sopInstanceUid: newUid(ports),
      seriesInstanceUid: newUid(ports),
      modality: 'KO',
      seriesNumber: SERIES_NUMBER.documents,
      instanceNumber: i + 1,
      seriesDescription: 'Key images, research use only',
    });
  });
  const objects: DicomObject[] = [];
  for (const result of results) {
    if (!result.ok) return result;
    objects.push(result.value);
  }
  return objects.length > 0 ? ok(objects) : err(message('export.no-key-image'));
};
