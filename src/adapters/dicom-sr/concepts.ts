import type { Arm } from '../../core/classifier/arms.ts';
import { dcm, local, sct } from './codes.ts';

/** Concept names that several templates share (PS3.16 annex D). */
export const C = {
  language: dcm('121049', 'Language of Content Item and Descendants'),
  imageLibrary: dcm('111028', 'Image Library'),
  imageLaterality: dcm('111027', 'Image Laterality'),
  imageView: dcm('111031', 'Image View'),
  imageViewModifier: dcm('111032', 'Image View Modifier'),
  orientationRow: dcm('111044', 'Patient Orientation Row'),
  orientationColumn: dcm('111043', 'Patient Orientation Column'),
  studyDate: dcm('111060', 'Study Date'),
  studyTime: dcm('111061', 'Study Time'),
  contentDate: dcm('111018', 'Content Date'),
  contentTime: dcm('111019', 'Content Time'),
  horizontalSpacing: dcm('111026', 'Horizontal Pixel Spacing'),
  verticalSpacing: dcm('111066', 'Vertical Pixel Spacing'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  probabilityOfCancer: dcm('111047', 'Probability of cancer'),
  certaintyOfFinding: dcm('111012', 'Certainty of Finding'),
  certaintyOfFeature: dcm('111011', 'Certainty of Feature'),

  // Mammography CAD SR, TID 4000 and below.
  cadReport: dcm('111036', 'Mammography CAD Report'),
  findingsSummary: dcm('111017', 'CAD Processing and Findings Summary'),
  individualImpression: dcm('111034', 'Individual Impression/Recommendation'),
  impressionDescription: dcm('111033', 'Impression Description'),
  renderingIntent: dcm('111056', 'Rendering Intent'),
  compositeFeature: dcm('111015', 'Composite Feature'),
  compositeType: dcm('111016', 'Composite type'),
  scopeOfFeature: dcm('111057', 'Scope of Feature'),
  singleImageFinding: dcm('111059', 'Single Image Finding'),
  center: dcm('111010', 'Center'),
  outline: dcm('111041', 'Outline'),
  summaryOfDetections: dcm('111064', 'Summary of Detections'),
  summaryOfAnalyses: dcm('111065', 'Summary of Analyses'),
  successfulDetections: dcm('111063', 'Successful Detections'),
  failedDetections: dcm('111025', 'Failed Detections'),
  detectionPerformed: dcm('111022', 'Detection Performed'),
  successfulAnalyses: dcm('111062', 'Successful Analyses'),
  failedAnalyses: dcm('111024', 'Failed Analyses'),
  analysisPerformed: dcm('111004', 'Analysis Performed'),

  // Measurement report, TID 1500 and below.
  measurementReport: dcm('126000', 'Imaging Measurement Report'),
  procedureReported: dcm('121058', 'Procedure reported'),
  imagingMeasurements: dcm('126010', 'Imaging Measurements'),
  libraryGroup: dcm('126200', 'Image Library Group'),
  modality: dcm('121139', 'Modality'),
  targetRegion: dcm('123014', 'Target Region'),
  pixelRows: dcm('110910', 'Pixel Data Rows'),
  pixelColumns: dcm('110911', 'Pixel Data Columns'),
  measurementGroup: dcm('125007', 'Measurement Group'),
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
  trackingUniqueIdentifier: dcm('112040', 'Tracking Unique Identifier'),
  finding: dcm('121071', 'Finding'),
  findingSite: sct('363698007', 'Finding Site'),
  imageRegion: dcm('111030', 'Image Region'),
  observerType: dcm('121005', 'Observer Type'),
  personObserverName: dcm('121008', 'Person Observer Name'),
  procedureStudyUid: dcm('121018', 'Procedure Study Instance UID'),
  deviceObserverUid: dcm('121012', 'Device Observer UID'),
  deviceObserverName: dcm('121013', 'Device Observer Name'),
  deviceObserverManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceObserverModel: dcm('121015', 'Device Observer Model Name'),
  assessmentCategory: dcm('111005', 'Assessment Category'),
  comment: dcm('121106', 'Comment'),
  quadrantLocation: dcm('111048', 'Quadrant location'),
  clockFaceOrRegion: dcm('111014', 'Clockface or region'),
  longAxis: sct('103339001', 'Long axis'),
  shape: sct('107644003', 'Shape'),
  margins: dcm('111037', 'Margins'),
  lesionDensity: dcm('111035', 'Lesion Density'),
  calcificationDistribution: dcm('111008', 'Calcification Distribution'),
  depth: dcm('111020', 'Depth'),
  impression: dcm('121073', 'Impression'),
  length: sct('410668003', 'Length'),
  area: sct('42798000', 'Area'),
  angle: sct('1483009', 'Angle'),
  path: dcm('121055', 'Path'),
  evaluations: { value: 'C0034375', scheme: 'UMLS', meaning: 'Qualitative Evaluations' },
  breastComposition: sct('129715009', 'Breast composition'),

  // Key object selection, TID 2010.
  keyObjectDescription: dcm('113012', 'Key Object Description'),

  // What no standard code names.
  viewLikelihood: local('VIEW-P', 'Likelihood of malignancy, this view alone'),
  /** Read only: written until version 0.1, when the standard code held the number of one view. */
  formerLesionLikelihood: local('LESION-P', 'Likelihood of malignancy, all views'),
  lesionLikelihoodLow: local('LESION-P-LOW', 'Likelihood of malignancy, lower 95 % limit'),
  lesionLikelihoodHigh: local('LESION-P-HIGH', 'Likelihood of malignancy, upper 95 % limit'),
  /** A code has 16 characters: SVM-A-NAME is of the arm analytic-NAME. */
  svmScore: (arm: Arm) =>
    local(
      `SVM-${arm.replace('analytic-', 'a-').toUpperCase()}`,
      `SVM decision value, ${arm === 'cnn' ? 'CNN' : arm} features`,
    ),
  assumedPrevalence: local('PREVALENCE', 'Assumed prevalence of malignancy'),
  trainingPrevalence: local('TRAINING-PREV', 'Prevalence in the training data'),
  suspicion: local('SUSPICION', "Reader's suspicion, 0 to 100"),
  massProbability: local('MASS-P', "Probability of a mass, as among the archive's films"),
  /** Also what tells a finding of the finder from a lesion of the reader. */
  readersAnswer: local('READER-ANSWER', "Reader's answer to the second look"),
} as const;

/** Values from context groups. */
export const V = {
  english: { value: 'en', scheme: 'RFC5646', meaning: 'English' },
  /** CID 6034. */
  presentationRequired: dcm(
    '111150',
    'Presentation Required: Rendering device is expected to present',
  ),
  presentationOptional: dcm('111151', 'Presentation Optional: Rendering device may present'),
  notForPresentation: dcm(
    '111152',
    'Not for Presentation: Rendering device expected not to present',
  ),
  /** CID 6035. */
  relatedSpatially: dcm('111154', 'Target Content Items are related spatially'),
  /** CID 6036. */
  onMultipleImages: dcm('111158', 'Feature detected on multiple images'),
  /** CID 6017 and CID 6015: a mass is a density on each image, a mass once it is seen as one. */
  mass: sct('129788004', 'Mammographic breast mass'),
  density: sct('129793001', 'Mammography breast density'),
  /** CID 6042. */
  succeeded: dcm('111222', 'Succeeded'),
  partiallySucceeded: dcm('111223', 'Partially Succeeded'),
  failed: dcm('111224', 'Failed'),
  notAttempted: dcm('111225', 'Not Attempted'),
  /** CID 6043. */
  impressionAnalysis: dcm('111233', 'Individual Impression/Recommendation Analysis'),
  /** CID 6047. */
  allSucceededWithoutFindings: dcm('111241', 'All algorithms succeeded; without findings'),
  allSucceededWithFindings: dcm('111242', 'All algorithms succeeded; with findings'),
  noneSucceededWithoutFindings: dcm('111245', 'No algorithms succeeded; without findings'),
  notAllSucceededWithoutFindings: dcm('111243', 'Not all algorithms succeeded; without findings'),
  notAllSucceededWithFindings: dcm('111244', 'Not all algorithms succeeded; with findings'),
  mammography: sct('71651007', 'Mammography'),
  modalityMg: dcm('MG', 'Mammography'),
  breast: sct('76752008', 'Breast'),
  /** CID 7010. */
  ofInterest: dcm('113000', 'Of Interest'),
  person: dcm('121006', 'Person'),
  device: dcm('121007', 'Device'),
} as const;
