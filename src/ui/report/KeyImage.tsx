import { type CSSProperties, useMemo } from 'react';
import type { MammogramHeader } from '../../core/dicom/mammogram-header.ts';
import type { MammogramImage } from '../../core/image/mammogram-image.ts';
import { keyImageGrey } from '../../core/display/grey/key-image-grey.ts';
import { printedGrey } from '../../core/display/grey/printed-grey.ts';
import type { GreyOfStored } from '../../core/image/working-grey.ts';
import type { KeyImage } from '../../core/report/key-image.ts';
import type { ReportMark } from '../../core/report/report-lesion.ts';
import type { Box } from '../../core/geometry/box.ts';
import { calibrationOf } from '../../core/display/measure/calibration.ts';
import { useServices } from '../services.tsx';
import { useAirMask } from '../viewer/view/AirMask.tsx';
import { pictureUrl, regionAround, regionPicture } from './region-picture.ts';
import { displayOrientation } from '../../core/dicom/display-orientation.ts';

/** A mark with the number and colour of its lesion. */
export interface DrawnMark {
  readonly mark: ReportMark;
  readonly number: number;
  readonly colour: string;
}

interface PictureProps {
  readonly header: MammogramHeader;
  readonly image: MammogramImage;
  readonly region: Box;
  readonly marks: readonly DrawnMark[];
  /** Pixels of the longer side on paper. */
  readonly side: number;
  readonly label: string;
  readonly className?: string;
  readonly outlined: boolean;
  /** Length of the bar that gives the scale, mm; 0 for none. */
  readonly barMm: number;
  /** The grey of every stored value; left out: through a window over the breast tissue. */
  readonly grey?: GreyOfStored;
  /** Its grey is inverted: the air beside the breast is kept black, so that the skin stands against it. */
  readonly inverted?: boolean;
}

/** x, y, width and height as the picture hangs. */
type Rect = readonly [number, number, number, number];

/** Stored coordinates to the way the image hangs: transposed first, then mirrored in place. */
const hung = (header: MammogramHeader, { x, y, width, height }: Box): string => {
  const { transpose, flipHorizontal, flipVertical } = displayOrientation(header);
  const [w, h] = transpose ? [height, width] : [width, height];
  const [left, top] = transpose ? [y, x] : [x, y];
  return [
    flipHorizontal ? `matrix(-1 0 0 1 ${2 * left + w} 0)` : '',
    flipVertical ? `matrix(1 0 0 -1 0 ${2 * top + h})` : '',
    transpose ? 'matrix(0 1 1 0 0 0)' : '',
  ].join(' ');
};

const Mark = ({ drawn, outlined }: { drawn: DrawnMark; outlined: boolean }) => {
  const { mark, colour } = drawn;
  const { x, y, width, height } = mark.box;
  return (
    <g fill="none" stroke={colour}>
      <rect {...{ x, y, width, height }} strokeWidth={2} vectorEffect="non-scaling-stroke" />
      {outlined && mark.outline ? (
        <polygon
          points={mark.outline.map((point) => point.join(',')).join(' ')}
          strokeWidth={1}
          strokeDasharray="4 2"
          vectorEffect="non-scaling-stroke"
        />
      ) : null}
    </g>
  );
};

/** The number of a lesion beside its box, upright however the image hangs. */
const Label = (props: { drawn: DrawnMark; header: MammogramHeader; region: Box }) => {
  const { drawn, header, region } = props;
  const { transpose, flipHorizontal, flipVertical } = displayOrientation(header);
  const turned = ({ x, y, width, height }: Box): Box =>
    transpose ? { x: y, y: x, width: height, height: width } : { x, y, width, height };
  const [box, all] = [turned(drawn.mark.box), turned(region)];
  const x = flipHorizontal ? 2 * all.x + all.width - box.x - box.width : box.x;
  const y = flipVertical ? 2 * all.y + all.height - box.y - box.height : box.y;
  const size = 0.07 * Math.max(all.width, all.height);
  return (
    <text
      x={x}
      y={y > all.y + size ? y - size / 4 : y + box.height + size}
      fontSize={size}
      fill={drawn.colour}
    >
      {drawn.number}
    </text>
  );
};

/** A length at the lower left of what is shown, in stored pixels along a line of the paper. */
const Bar = ({ all: [x, y, width, height], length }: { all: Rect; length: number }) => {
  const d = `M${x + 0.05 * width} ${y + 0.95 * height}h${length}`;
  return (
    <g data-testid="report-scale">
      <path d={d} stroke="#000" strokeWidth={5} vectorEffect="non-scaling-stroke" />
      <path d={d} stroke="#fff" strokeWidth={3} vectorEffect="non-scaling-stroke" />
    </g>
  );
};

/** Stored pixels of `mm` along a line of the picture as it hangs; undefined without a spacing. */
export const barPixels = (
  image: MammogramImage,
  header: MammogramHeader,
  mm: number,
): number | undefined => {
  const calibration = calibrationOf(image);
  if (calibration.kind === 'none') return undefined;
  const { transpose } = displayOrientation(header);
  return mm / (transpose ? calibration.row : calibration.column);
};

/** A region of a mammogram from its stored pixels, as it hangs, with marks drawn over it. */
const Region = (props: PictureProps) => {
  const { header, image, region, marks, side, grey, inverted = false } = props;
  const { breastOf } = useServices();
  const breast = breastOf(header.sopInstanceUid);
  const url = useMemo(
    () => pictureUrl(regionPicture(image, region, side, grey ?? printedGrey(image, breast))),
    [image, region, side, breast, grey],
  );
  const air = useAirMask(header.sopInstanceUid, breast, inverted);
  const { transpose } = displayOrientation(header);
  const { x, y, width, height } = region;
  const { pixelAspect: aspect } = image;
  const box: Rect = transpose ? [y, x, height, width] : [x, y, width, height];
  const bar = barPixels(image, header, props.barMm);
  const ratio = transpose ? (height * aspect) / width : width / (height * aspect);
  return (
    <svg
      className={props.className}
      viewBox={box.join(' ')}
      preserveAspectRatio="none"
      style={{ aspectRatio: ratio, '--ratio': ratio } as CSSProperties}
      role="img"
      aria-label={props.label}
    >
      <g transform={hung(header, region)}>
        <image href={url} {...{ x, y, width, height }} preserveAspectRatio="none" />
        {air ? (
          <image
            href={air}
            width={image.columns}
            height={image.rows}
            preserveAspectRatio="none"
            data-testid="air-mask"
          />
        ) : null}
        {marks.map((drawn) => (
          <Mark key={drawn.number} drawn={drawn} outlined={props.outlined} />
        ))}
      </g>
      {!props.outlined &&
        marks.map((drawn) => <Label key={drawn.number} {...{ drawn, header, region }} />)}
      {bar !== undefined && bar > 0 && <Bar all={box} length={bar} />}
    </svg>
  );
};

/** Lengths of the bars beside the pictures, mm. */
export const BAR_MM = { lesion: 10, whole: 50 };

/** How much of its surround a lesion is shown with. */
const CONTEXT = 2;

/** The lesion close up, with its box (solid) and outline (dashed). */
export const LesionImage = (
  props: Pick<PictureProps, 'header' | 'image' | 'label'> & { drawn: DrawnMark },
) => {
  const { drawn, image } = props;
  const { box } = drawn.mark;
  const region = useMemo(() => regionAround(box, image, CONTEXT), [box, image]);
  return (
    <Region
      {...props}
      region={region}
      marks={[drawn]}
      side={900}
      barMm={BAR_MM.lesion}
      className="lesion-image"
      outlined
    />
  );
};

/** The whole view with every mark on it: where the lesions are. */
export const WholeImage = (props: Pick<PictureProps, 'header' | 'image' | 'label' | 'marks'>) => {
  const { columns, rows } = props.image;
  const region = useMemo(() => ({ x: 0, y: 0, width: columns, height: rows }), [columns, rows]);
  return (
    <Region
      {...props}
      region={region}
      side={900}
      barMm={BAR_MM.whole}
      className="whole-image"
      outlined={false}
    />
  );
};

/** A view as the reader kept it: what was on show of it, in the grey that it had. */
export const KeyPicture = (
  props: Pick<PictureProps, 'header' | 'image' | 'label' | 'marks' | 'side'> & {
    kept: KeyImage;
    barMm?: number;
  },
) => {
  const { image, kept, barMm = 0 } = props;
  const grey = useMemo(() => keyImageGrey(image, kept), [image, kept]);
  return (
    <Region
      {...props}
      region={kept.area}
      grey={grey}
      barMm={barMm}
      inverted={kept.inverted}
      outlined={false}
    />
  );
};
