/** DICOM objects from a CaseReport, and back. dcmjs, the one vendor here, is large: import lazily. */
export { writeCadSr } from './cad-sr.ts';
export { writeKeyObjects } from './key-objects.ts';
export { writeMeasurementReport } from './measurement-report.ts';
export { writePresentationStates } from './presentation-state.ts';
export { readDicomReport, REPORT_SOP_CLASSES } from './read-report.ts';
export type { DicomObject, ExportPorts } from './sr-document.ts';
