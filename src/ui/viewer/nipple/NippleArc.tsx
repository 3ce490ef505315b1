import {
  type PointerEvent,
  type RefObject,
  type SVGProps,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { examIn } from '../../../core/dicom/grouping.ts';
import type { Side } from '../../../core/dicom/mammogram-header.ts';
import type { Lesion } from '../../../core/lesion/lesion.ts';
import {
  ARC_TOLERANCE_MM,
  arcInBreast,
  columnsOf,
  nippleDistance,
} from '../../../core/lesion/nipple-arc.ts';
import { breastViewOf, nippleOf, type NipplesState } from '../../../state/nipples-store.ts';
import { lesionColour } from '../../colours.ts';
import { t } from '../../../i18n/phrases/text.ts';
import {
  useLesions,
  useNipples,
  usePatientLesions,
  useServices,
  useStudies,
} from '../../services.tsx';
import { heldInView, isInView, MARGIN, textWidth, wrapped } from '../marks/label-place.ts';
import { imageMatrix } from '../marks/screen-box.ts';
import { useViewState } from '../view/use-view.ts';
import { sopOf, type ViewerImage } from '../view/viewer-types.ts';
import type { CanvasPoint, ViewportHandle } from '../../../ports/display.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

interface Arc {
  readonly lesion: Lesion;
  readonly mm: number;
  readonly calibrated: boolean;
  readonly middle: readonly (readonly ImagePoint[])[];
  readonly rims: readonly (readonly ImagePoint[])[];
  readonly side: Side | undefined;
}

const TEXT_SIZE = 12;

const LINE_HEIGHT = 15;

/**
 * A text beside a point: over the air, which a right breast has on the left and a left one on the right,
 * and wholly in the view, in more lines where that is narrow.
 */
const Beside = (
  props: SVGProps<SVGTextElement> & {
    at: CanvasPoint;
    side: Side | undefined;
    text: string;
    view: ViewportHandle;
  },
) => {
  const { at, side, text, view, ...rest } = props;
  const size = view.size();
  const lines = wrapped(text, TEXT_SIZE, size.width - 2 * MARGIN);
  const width = Math.max(...lines.map((line) => textWidth(line.trimEnd(), TEXT_SIZE)));
  const isLeftwards = side === 'R';
  const from = { x: isLeftwards ? at.x - 10 - width : at.x + 10, y: at.y };
  const above = { width: size.width, height: size.height - (lines.length - 1) * LINE_HEIGHT };
  const { x, y } = heldInView(from, width, TEXT_SIZE, above);
  const edge = isLeftwards ? x + width : x;
  return (
    <text {...rest} x={edge} y={y} textAnchor={isLeftwards ? 'end' : 'start'}>
      {lines.map((line, i) => (
        <tspan key={i} x={edge} dy={i === 0 ? 0 : LINE_HEIGHT}>
          {line}
        </tspan>
      ))}
    </text>
  );
};

/** Whether two images of one exam show the same breast. */
const isOfOneBreast = (a: ViewerImage, b: ViewerImage): boolean =>
  a.header.laterality.value !== undefined &&
  a.header.laterality.value === b.header.laterality.value;

/** What the marks of a lesion on other views say of where it lies on this one, while it has no mark here. */
const arcsOf = (
  shown: ViewerImage,
  others: readonly ViewerImage[],
  lesion: Lesion,
  nipples: Pick<NipplesState, 'placed' | 'landmarks'>,
): readonly Arc[] => {
  const here = nippleOf(nipples, sopOf(shown));
  const outline = nipples.landmarks[sopOf(shown)]?.outline ?? [];
  const view = breastViewOf(shown);
  if (!here || outline.length < 3 || sopOf(shown) in lesion.marks) return [];
  return others.flatMap((other) => {
    const box = lesion.marks[sopOf(other)];
    const nipple = nippleOf(nipples, sopOf(other));
    const isPartner =
      isOfOneBreast(shown, other) && shown.header.view.value !== other.header.view.value;
    if (!box || !nipple || !isPartner) return [];
    const { mm, calibrated } = nippleDistance({
      ...breastViewOf(other),
      box,
      nipple: nipple.point,
    });
    const circle = (radius: number) =>
      radius > 0 ? arcInBreast(view, here.point, columnsOf(view, radius), outline) : [];
    return [
      {
        lesion,
        mm,
        calibrated: calibrated && view.columnSpacing !== undefined,
        side: shown.header.laterality.value,
        middle: circle(mm),
        rims: [...circle(mm - ARC_TOLERANCE_MM), ...circle(mm + ARC_TOLERANCE_MM)],
      },
    ];
  });
};

const pathOf = (parts: readonly (readonly ImagePoint[])[]): string =>
  parts
    .map((part) => part.map(({ x, y }, i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`))
    .map((steps) => steps.join(''))
    .join('');

const ArcShape = ({ view, arc }: { view: ViewportHandle; arc: Arc }) => {
  const ends = arc.middle.flatMap((part) => [part[0], part.at(-1)].filter((p) => p !== undefined));
  // At the upper end of the arc that is in sight, out over the air: there the label covers nothing.
  const at = ends
    .map((end) => view.imageToCanvas(end))
    .filter(({ x, y }) => isInView({ x, y, width: 0, height: 0 }, view.size()))
    .toSorted((a, b) => a.y - b.y)[0];
  const colour = lesionColour(arc.lesion.number);
  const matrix = `matrix(${imageMatrix(view)})`;
  const values = { mm: Math.round(arc.mm), tolerance: ARC_TOLERANCE_MM };
  const text = arc.calibrated
    ? t('{mm} ± {tolerance} mm from the nipple', values)
    : t('{mm} ± {tolerance} mm from the nipple, scale assumed', values);
  return (
    <g
      stroke={colour}
      data-testid="nipple-arc"
      data-mm={arc.mm}
      data-lesion-number={arc.lesion.number}
    >
      <title>{text}</title>
      <path className="nipple-arc" d={pathOf(arc.middle)} transform={matrix} />
      <path className="nipple-arc rim" d={pathOf(arc.rims)} transform={matrix} />
      {at && (
        <Beside
          className="nipple-text"
          side={arc.side}
          {...{ at, text, view }}
          fill={colour}
          stroke="none"
        />
      )}
    </g>
  );
};

/** Keeps presses on the nipple from the view's own tools, which listen natively on an ancestor. */
const useShield = (svg: RefObject<SVGSVGElement | null>) => {
  useEffect(() => {
    const element = svg.current;
    const stop = (event: Event) => event.stopPropagation();
    const kinds = ['mousedown', 'touchstart'];
    kinds.forEach((kind) => element?.addEventListener(kind, stop));
    return () => kinds.forEach((kind) => element?.removeEventListener(kind, stop));
  }, [svg]);
};

/**
 * The nipple of a view, to be moved or confirmed, and the arcs on which a lesion that is marked on
 * another view of the breast should lie. Lets everything through that is not on the nipple.
 */
export const NippleArc = ({ view, shown }: { view: ViewportHandle; shown: ViewerImage }) => {
  const { nipples, imageOf } = useServices();
  const sop = sopOf(shown);
  const isHere = useViewState(view).sop === sop;
  const images = useStudies((s) => s.images);
  const patientKey = useStudies((s) => s.patientKey);
  const selectedId = useLesions((s) => s.selectedId);
  const lesion = usePatientLesions(patientKey).find(({ id }) => id === selectedId);
  const landmarks = useNipples((s) => s.landmarks);
  const placed = useNipples((s) => s.placed);
  const guided = useNipples((s) => s.shown);
  const placing = useNipples((s) => s.placing);
  const [dragged, setDragged] = useState<ImagePoint>();
  const svg = useRef<SVGSVGElement>(null);
  useShield(svg);

  const others = useMemo(
    () =>
      (examIn(images, sop)?.images ?? []).flatMap(({ header }) => {
        const image = imageOf(header.sopInstanceUid);
        return image ? [{ header, image }] : [];
      }),
    [images, imageOf, sop],
  );
  const arcs = useMemo(
    () => (lesion && guided ? arcsOf(shown, others, lesion, { landmarks, placed }) : []),
    [lesion, guided, shown, others, landmarks, placed],
  );
  const side = shown.header.laterality.value;
  const concerns =
    lesion !== undefined &&
    others.some((other) => isOfOneBreast(shown, other) && sopOf(other) in lesion.marks);

  const pointOf = (event: PointerEvent): ImagePoint => {
    const bounds = svg.current?.getBoundingClientRect();
    const [left, top] = [bounds?.left ?? 0, bounds?.top ?? 0];
    return view.canvasToImage({ x: event.clientX - left, y: event.clientY - top });
  };
  const isInImage = ({ x, y }: ImagePoint) =>
    x >= 0 && y >= 0 && x < shown.image.columns && y < shown.image.rows;
  const set = (event: PointerEvent) => {
    const point = pointOf(event);
    setDragged(undefined);
    if (isInImage(point)) nipples.getState().place(sop, point);
  };
  const take = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(nippleOf({ landmarks, placed }, sop)?.point);
  };
  const drop = () => {
    if (dragged && isInImage(dragged)) nipples.getState().place(sop, dragged);
    setDragged(undefined);
  };

  const nipple = nippleOf({ landmarks, placed }, sop);
  const point = dragged ?? nipple?.point;
  const at = isHere && guided && concerns && point ? view.imageToCanvas(point) : undefined;
  const detected = t('nipple, detected');
  const name = nipple?.confirmed
    ? t('Nipple, set by the reader: drag to move it')
    : t('Nipple, detected: drag it, or click on it to confirm');
  return (
    <svg
      ref={svg}
      className={`picture-layer nipple-overlay${placing ? ' placing' : ''}`}
      data-testid="nipple-overlay"
      onPointerDown={(event) => {
        if (!placing || event.button !== 0) return;
        event.stopPropagation();
        set(event);
      }}
    >
      {isHere && arcs.map((arc, i) => <ArcShape key={i} view={view} arc={arc} />)}
      {at && (
        <g
          className={nipple?.confirmed ? 'nipple confirmed' : 'nipple'}
          data-testid="nipple"
          data-confirmed={nipple?.confirmed}
          onPointerDown={placing ? undefined : take}
          onPointerMove={(event) => dragged && setDragged(pointOf(event))}
          onPointerUp={drop}
          onPointerCancel={() => setDragged(undefined)}
        >
          <title>{name}</title>
          <circle className="nipple-touch" cx={at.x} cy={at.y} r={12} />
          <circle className="nipple-ring" cx={at.x} cy={at.y} r={6} />
          {!nipple?.confirmed && isInView({ ...at, width: 0, height: 0 }, view.size()) && (
            <Beside
              className="nipple-text detected"
              at={{ x: at.x, y: at.y + 18 }}
              text={detected}
              {...{ side, view }}
            />
          )}
        </g>
      )}
    </svg>
  );
};
