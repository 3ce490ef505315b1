import type { KeyboardEvent } from 'react';
import { isInSight } from '../../core/dicom/slices.ts';
import type { FindingMark } from '../../core/foreign/finding.ts';
import type { FindingKind } from '../../core/foreign/finding-kind.ts';
import type { PlacedFinding } from '../../core/foreign/placed.ts';
import type { Shape } from '../../core/foreign/shape.ts';
import type { CanvasPoint, PrimaryTool, ViewportHandle } from '../../ports/display.ts';
import type { Sight } from '../../state/slices-store.ts';
import { isDrawing } from '../../state/viewer-store.ts';
import { useForeign, useServices } from '../services.tsx';
import { textWidth } from '../viewer/marks/label-place.ts';
import { useViewState } from '../viewer/view/use-view.ts';
import { algorithmText, findingFacts, findingName, makerText } from './foreign-words.ts';
import { useDrawn } from './use-foreign.ts';

/** A sign for each kind, as on CAD workstations, about its centre: 12 CSS pixels across. */
const SIGNS: Readonly<Record<FindingKind, string>> = {
  cluster: 'M0 -7L6.5 5H-6.5Z',
  calcification: 'M0 -5L4.5 3.5H-4.5Z',
  mass: 'M-6 0H6M0 -6V6M-4.3 -4.3L4.3 4.3M4.3 -4.3L-4.3 4.3',
  density: 'M-6 0H6M0 -6V6M-4.3 -4.3L4.3 4.3M4.3 -4.3L-4.3 4.3',
  distortion: 'M0 -7L7 0L0 7L-7 0Z',
  asymmetry: 'M0 -7L7 0L0 7L-7 0Z',
  landmark: 'M-5 0H5M0 -5V5',
  other: 'M-5 -5H5V5H-5Z',
};

const pathOf = (view: ViewportHandle, { kind, points }: Shape): string => {
  const at = points.map((point) => view.imageToCanvas(point));
  const [first] = at;
  if (!first) return '';
  if (kind === 'point') return `M${first.x - 3} ${first.y}h6M${first.x} ${first.y - 3}v6`;
  const path = at.map(({ x, y }) => `${x} ${y}`).join('L');
  return `M${path}${kind === 'outline' ? 'Z' : ''}`;
};

const Drawn = (props: { d: string; className: string; at?: CanvasPoint }) => {
  const { d, className, at } = props;
  const transform = at && `translate(${at.x} ${at.y})`;
  return (
    <>
      <path className="foreign-halo" {...{ d, transform }} />
      <path {...{ className, d, transform }} />
    </>
  );
};

const LABEL_SIZE = 13;
const LABEL_LINE = 16;

/** What a selected mark is, in lines that stay inside the view. */
const Label = (props: { view: ViewportHandle; at: CanvasPoint; lines: readonly string[] }) => {
  const { view, at, lines } = props;
  const { width } = view.size();
  const longest = Math.max(...lines.map((line) => textWidth(line, LABEL_SIZE)));
  const x = Math.max(4, Math.min(at.x + 14, width - longest - 4));
  const y = Math.max(LABEL_LINE, at.y - 14 - LABEL_LINE * (lines.length - 1));
  return (
    <text className="foreign-label" y={y}>
      {lines.map((line, i) => (
        <tspan key={i} x={x} dy={i === 0 ? 0 : LABEL_LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
};

interface MarkProps {
  readonly view: ViewportHandle;
  readonly placed: PlacedFinding;
  readonly marks: readonly FindingMark[];
}

const ForeignMark = ({ view, placed: { document, finding }, marks }: MarkProps) => {
  const { foreign } = useServices();
  const { sopInstanceUid } = document;
  const selected = useForeign(
    ({ selected: at }) => at?.sopInstanceUid === sopInstanceUid && at.findingId === finding.id,
  );
  const select = () => foreign.getState().select({ sopInstanceUid, findingId: finding.id });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    select();
  };
  const name = findingName(finding);
  const facts = findingFacts(finding);
  const by = algorithmText(finding.algorithm) || makerText(document);
  const label = [name, ...facts].join(' · ');
  return (
    <g
      className={selected ? 'foreign-mark selected' : 'foreign-mark'}
      data-intent={finding.intent}
      data-finding={finding.id}
      data-kind={finding.kind}
      tabIndex={0}
      role="button"
      aria-pressed={selected}
      aria-label={`${by}: ${label}`}
      onClick={select}
      onKeyDown={onKeyDown}
    >
      <title>{`${by}: ${label}`}</title>
      {marks.map((mark, i) => {
        const at = mark.centre && view.imageToCanvas(mark.centre);
        const outlines = mark.shapes.map((shape) => pathOf(view, shape)).join('');
        return (
          <g key={i}>
            {outlines ? <Drawn d={outlines} className="foreign-outline" /> : null}
            {at ? <Drawn d={SIGNS[finding.kind]} className="foreign-sign" at={at} /> : null}
            {at ? <circle className="foreign-grip" cx={at.x} cy={at.y} r={11} /> : null}
            {at && selected ? <Label {...{ view, at }} lines={[name, ...facts]} /> : null}
          </g>
        );
      })}
    </g>
  );
};

/**
 * What other programs' reports mark on one view: a layer of its own, which makes nothing the reader's. Of
 * a volume what is on the slices in sight.
 */
export const ForeignMarks = (props: {
  view: ViewportHandle;
  sop: string;
  tool: PrimaryTool;
  sight?: Sight | undefined;
}) => {
  const { view, sop, tool, sight } = props;
  const isOn = useViewState(view).sop === sop;
  const drawn = useDrawn().flatMap((placed) => {
    const marks = (placed.marks[sop] ?? []).filter(({ frames }) => isInSight(frames, sight));
    return marks.length > 0 ? [{ placed, marks }] : [];
  });
  if (!isOn || drawn.length === 0) return null;
  return (
    <svg className={isDrawing(tool) ? 'foreign-layer drawing' : 'foreign-layer'} data-foreign={sop}>
      {drawn.map(({ placed, marks }) => (
        <ForeignMark
          key={`${placed.document.sopInstanceUid} ${placed.finding.id}`}
          {...{ view, placed, marks }}
        />
      ))}
    </svg>
  );
};
