import { isInverted } from '../image/presentation-values.ts';
import type { MammogramImage } from '../image/mammogram-image.ts';
import type { MammogramHeader } from '../dicom/mammogram-header.ts';
import type { ImagePoint } from '../geometry/point.ts';
import { outOfScopeReasons } from '../lesion/scope.ts';
import type { ReportedImage, ReportInput } from './build-case-report.ts';
import type { LookupTableKind, ReportPatient } from './case-report.ts';

const DATE = /^\d{8}$/;
const TIME = /^\d{2,6}(\.\d{1,6})?$/;
/** Files hold dates in other forms too; what is not DICOM's own is left out of a report. */
const dateOf = (text: string): string => (DATE.test(text) ? text : '');
const timeOf = (text: string): string => (TIME.test(text) ? text : '');

const spacingOf = ({ spacing, spacingSource }: MammogramImage): ReportedImage['spacing'] =>
  spacing && spacingSource && spacing.row > 0 && spacing.column > 0
    ? { row: spacing.row, column: spacing.column, source: spacingSource }
    : undefined;

/** The file's own default presentation, which a presentation state must repeat. */
const displayOf = (image: MammogramImage): NonNullable<ReportedImage['display']> => {
  const [voi] = image.voi;
  const tables: LookupTableKind[] = [
    ...('slope' in image.modality ? [] : (['Modality'] as const)),
    ...(voi?.kind === 'lut' ? (['VOI'] as const) : []),
  ];
  return {
    photometric: isInverted(image) ? 'MONOCHROME1' : 'MONOCHROME2',
    ...('slope' in image.modality && { rescale: { ...image.modality } }),
    ...(voi?.kind === 'window' &&
      voi.width > 0 && {
        window: { center: voi.center, width: voi.width, function: voi.fn },
      }),
    ...(tables.length > 0 && { tables }),
  };
};

/** What a report says of one image. */
export const reportedImage = (
  header: MammogramHeader,
  image: MammogramImage,
  nipple?: { readonly point: ImagePoint; readonly confirmed: boolean },
  pixelDigest?: string,
): ReportedImage => {
  const spacing = spacingOf(image);
  return {
    header: { ...header, contentTime: timeOf(header.contentTime) },
    rows: image.rows,
    columns: image.columns,
    ...(pixelDigest !== undefined && { pixelDigest }),
    ...(spacing && { spacing }),
    display: displayOf(image),
    contentDate: dateOf(header.contentDate),
    ...(nipple && {
      nipple: { ...nipple.point, source: nipple.confirmed ? 'reader' : 'detected' },
    }),
    warnings: outOfScopeReasons(header, image),
  };
};

const patientOf = ({ header }: ReportedImage): ReportPatient => {
  const { patientId, issuerOfPatientId, personName, patientBirthDate, patientSex: sex } = header;
  return {
    id: patientId,
    ...(issuerOfPatientId && { issuer: issuerOfPatientId }),
    name: personName,
    birthDate: dateOf(patientBirthDate),
    sex: sex === 'F' || sex === 'M' || sex === 'O' ? sex : '',
  };
};

const takenAt = ({ header }: ReportedImage): string => header.studyDate + header.studyTime;

const isSame = (a: ReportPatient, b: ReportPatient): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Who and which studies the report is about, with what is not valid DICOM left out: the patient as the
 * newest study names her, and each study's own images where they name her otherwise.
 */
export const identityOf = (
  images: readonly ReportedImage[],
): Pick<ReportInput, 'patient' | 'studies'> => {
  const [newest] = images.toSorted((a, b) => takenAt(b).localeCompare(takenAt(a)));
  if (!newest) return {};
  const patient = patientOf(newest);
  return {
    patient,
    studies: Object.fromEntries(
      images.map((image) => {
        const { header } = image;
        const own = patientOf(image);
        return [
          header.studyInstanceUid,
          {
            date: dateOf(header.studyDate),
            time: timeOf(header.studyTime),
            id: header.studyId,
            referringPhysicianName: header.referringPhysicianName,
            ...(!isSame(own, patient) && { patient: own }),
          },
        ];
      }),
    ),
  };
};
