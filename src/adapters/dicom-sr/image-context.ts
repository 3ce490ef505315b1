import type { CaseReport, ReportImage } from '../../core/report/case-report.ts';
import type { Code } from '../../core/dicom/codes.ts';
import type { Side, ViewModifier } from '../../core/dicom/mammogram-header.ts';
import { MILLIMETER, MODIFIERS, VIEWS } from './codes.ts';
import { C } from './concepts.ts';
import { as, code, date, num, text, time, type ContentItem } from './content.ts';

/** Image View with its modifiers: TID 4020 rows 3 and 4. */
export const viewItems = ({ view, viewModifiers }: ReportImage): ContentItem[] => {
  const viewCode = view && VIEWS[view];
  if (!viewCode) return [];
  const modifiers = viewModifiers.flatMap((name) => MODIFIERS[name as ViewModifier] ?? []);
  return [
    code(
      C.imageView,
      viewCode,
      modifiers.flatMap((m) => as('HAS CONCEPT MOD', code(C.imageViewModifier, m))),
    ),
  ];
};

/** Image Laterality, in the codes that the template asks for: SIDES in TID 4020, LATERALITIES in TID 1602. */
export const lateralityItems = (
  { laterality }: ReportImage,
  codes: Readonly<Record<Side, Code>>,
): ContentItem[] => (laterality ? [code(C.imageLaterality, codes[laterality])] : []);

/** Patient orientation, TID 4020 rows 5 and 6. */
export const orientationItems = ({ patientOrientation }: ReportImage): ContentItem[] =>
  patientOrientation
    ? [
        text(C.orientationRow, patientOrientation[0]),
        text(C.orientationColumn, patientOrientation[1]),
      ]
    : [];

/** Dates and times, TID 4020 rows 7 to 10. */
export const timeItems = (image: ReportImage, report: CaseReport): ContentItem[] => {
  const study = report.studies.find((s) => s.studyInstanceUid === image.studyInstanceUid);
  return [
    ...(study?.date ? [date(C.studyDate, study.date)] : []),
    ...(study?.time ? [time(C.studyTime, study.time)] : []),
    ...(image.contentDate ? [date(C.contentDate, image.contentDate)] : []),
    ...(image.contentTime ? [time(C.contentTime, image.contentTime)] : []),
  ];
};

/** Spacing between columns, then between rows, TID 4020 rows 11 and 12. */
export const spacingItems = ({ spacing }: ReportImage): ContentItem[] =>
  spacing
    ? [
        num(C.horizontalSpacing, spacing.column, MILLIMETER),
        num(C.verticalSpacing, spacing.row, MILLIMETER),
      ]
    : [];
