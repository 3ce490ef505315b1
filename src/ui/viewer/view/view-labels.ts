import type { MammogramHeader, RecognitionSource } from '../../../core/dicom/mammogram-header.ts';
import { isMagnified } from '../../../core/dicom/magnified.ts';
import { viewLabel } from '../../../core/dicom/view-label.ts';
import { doubtReasons } from '../../../core/lesion/scope.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { TISSUE_PRESET } from '../../../core/display/grey/tissue-window.ts';
import type { ViewState } from '../../../ports/display.ts';
import { say, t, tData } from '../../../i18n/phrases/text.ts';

export { viewLabel as viewTitle } from '../../../core/dicom/view-label.ts';

const number = (v: number): string => {
  const digits = Math.abs(v) < 10 && !Number.isInteger(v) ? 2 : 0;
  return v.toFixed(digits).replace('-', '−');
};

const from = (source: RecognitionSource): string =>
  source === 'reader' ? t('set by reader') : t('from {source}', { source: tData(source) });

/** Where side and view were read: "from ViewPosition", "set by reader", or each where they differ. */
export const sourceText = ({
  laterality,
  view,
}: Pick<MammogramHeader, 'laterality' | 'view'>): string => {
  const [side, kind] = [laterality.source, view.source];
  if (side === 'none' && kind === 'none') return t('side and view not given');
  if (side === 'none') return t('view {source}, side not given', { source: from(kind) });
  if (kind === 'none') return t('side {source}, view not given', { source: from(side) });
  return side === kind
    ? from(side)
    : t('side {side}, view {view}', { side: from(side), view: from(kind) });
};

/** What is claimed of side and view where sources disagree, and how the picture lies; [] where settled. */
export const doubtTexts = (header: MammogramHeader): readonly string[] =>
  doubtReasons(header).map(({ text }) => say(text));

const correctedTexts = ({ laterality, view }: MammogramHeader): readonly string[] => {
  const [side, kind] = [laterality.source === 'reader', view.source === 'reader'];
  if (side && kind) return [t('side and view set by reader')];
  if (side) return [t('side set by reader')];
  return kind ? [t('view set by reader')] : [];
};

const magnifiedTexts = (header: MammogramHeader): readonly string[] => {
  if (!isMagnified(header)) return [];
  const { factor } = header.magnification;
  return [factor ? t('magnified × {factor}', { factor: factor.toFixed(2) }) : t('magnified')];
};

const implantTexts = ({ viewModifiers, breastImplantPresent }: MammogramHeader) => {
  if (viewModifiers.includes('implant displaced')) return [t('implant displaced')];
  return breastImplantPresent ? [t('implant')] : [];
};

const lossyTexts = ({ lossy, technique }: MammogramHeader): readonly string[] => {
  if (!lossy) return [];
  const ratio = technique.lossyRatios.at(-1);
  return [ratio ? t('lossy {ratio}:1', { ratio: Number(ratio.toPrecision(3)) }) : t('lossy')];
};

/**
 * What sets an image apart from a plain mammogram as its maker meant it to be read, and which side and
 * view are the reader's word: never left to the hover. Doubts about side and view are apart (doubtTexts).
 */
export const unusualTexts = (header: MammogramHeader): readonly string[] => [
  ...(header.kind === 'mammogram' ? [] : [tData(header.kind)]),
  ...(header.presentationIntentType === 'FOR PROCESSING' ? [t('FOR PROCESSING')] : []),
  ...magnifiedTexts(header),
  ...(header.viewModifiers.includes('spot compression') ? [tData('spot compression')] : []),
  ...implantTexts(header),
  ...(header.partialView ? [t('partial view')] : []),
  ...lossyTexts(header),
  ...correctedTexts(header),
];

/** "C 2048 W 4096", or the table's name. */
export const windowText = (state: ViewState): string => {
  const preset = state.preset === null ? undefined : (state.presets[state.preset] ?? '');
  const name = preset === undefined ? t('by hand') : tData(preset);
  const window = state.window;
  if (!window) return `VOI LUT ${name}`;
  const own = state.presets.filter((preset) => preset !== TISSUE_PRESET);
  const several = own.length > 1 || !/^Window \d+$/.test(preset ?? '');
  return `C ${number(window.center)} W ${number(window.width)}${several ? ` ${name}` : ''}`;
};

/** Zoom where 100 % is one image pixel to one device pixel. */
export const zoomText = (state: ViewState, devicePixelRatio: number): string => {
  const percent = state.zoom * devicePixelRatio * 100;
  return t('{value} %', { value: percent < 10 ? percent.toFixed(1) : Math.round(percent) });
};

/** What a pixel is worth in millimetres, and in which plane; never a silent millimetre. */
export const calibrationText = (
  image: Pick<
    MammogramImage,
    'spacing' | 'spacingSource' | 'magnification' | 'magnificationFrom' | 'pixelAspect'
  >,
): string => {
  const { spacing, spacingSource, magnification, magnificationFrom } = image;
  if (!spacing) {
    return image.pixelAspect === 1
      ? t('no calibration: pixels')
      : t('no calibration: pixels, aspect {aspect}', { aspect: image.pixelAspect.toFixed(2) });
  }
  const same = Math.abs(spacing.row - spacing.column) < 1e-6;
  const size = same
    ? spacing.column.toFixed(3)
    : `${spacing.column.toFixed(3)} × ${spacing.row.toFixed(3)}`;
  if (spacingSource === 'PixelSpacing') return t('{size} mm/px (Pixel Spacing)', { size });
  const plane =
    spacingSource === 'NominalScannedPixelSpacing'
      ? t('{size} mm/px on the scanned film', { size })
      : t('{size} mm/px at detector plane', { size });
  if (!magnification) return plane;
  const factor = magnification.toFixed(2);
  return magnificationFrom === 'distances'
    ? t('{plane}, magnification {factor} (from distances)', { plane, factor })
    : t('{plane}, magnification {factor}', { plane, factor });
};

/** Millimetres of one pixel of the screen, at a scale in CSS pixels per mm: two significant digits. */
export const millimetresPerPixel = (scale: number, devicePixelRatio: number): string => {
  const size = 1 / (scale * devicePixelRatio);
  return Number(size.toPrecision(2)).toString();
};

const BAR_LENGTHS = [100, 50, 20, 10, 5, 2, 1, 0.5];

/** The longest round length in mm that takes up at most `most` CSS pixels; none where none fits. */
export const scaleBarLength = (scale: number, most: number): number | undefined =>
  BAR_LENGTHS.find((length) => length * scale <= most);

/** Whether the file says that its picture was computed and shows no patient. */
export const isSynthetic = (header: MammogramHeader): boolean =>
  [header.patientName, header.studyDescription, header.seriesDescription].some((text) =>
    /\bsynthetic\b/i.test(text),
  );

/** The label with modifiers in words: "LMLO implant displaced". */
export const viewInWords = (header: MammogramHeader): string => {
  const plain = viewLabel({ ...header, viewModifiers: [], kind: 'mammogram' });
  const kind = header.kind === 'mammogram' ? [] : [tData(header.kind)];
  return [plain, ...header.viewModifiers.map((modifier) => tData(modifier)), ...kind].join(' ');
};

/** A DICOM date as it is shown. */
export const dateText = (da: string): string =>
  da.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') || t('no study date');
