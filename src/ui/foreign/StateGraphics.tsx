import { stateFor, type PresentationState } from '../../core/foreign/presentation-state.ts';
import type { Shape } from '../../core/foreign/shape.ts';
import type { ViewportHandle } from '../../ports/display.ts';
import { t } from '../../i18n/phrases/text.ts';
import type { Sight } from '../../state/slices-store.ts';
import { useNamesHidden } from '../names.tsx';
import { useViewState } from '../viewer/view/use-view.ts';
import { useAppliedState } from './use-foreign.ts';

const onScreen = (view: ViewportHandle, { kind, points }: Shape): string => {
  const at = points.map((point) => view.imageToCanvas(point));
  const [first] = at;
  if (!first) return '';
  if (kind === 'point') return `M${first.x - 4} ${first.y}h8M${first.x} ${first.y - 4}v8`;
  return `M${at.map(({ x, y }) => `${x} ${y}`).join('L')}${kind === 'outline' ? 'Z' : ''}`;
};

/** The view without the inside of a shutter's shape. */
const around = (view: ViewportHandle, shutter: Shape): string => {
  const { width, height } = view.size();
  return `M0 0H${width}V${height}H0Z${onScreen(view, shutter)}`;
};

const LINE = 16;

const StateText = (props: {
  view: ViewportHandle;
  text: PresentationState['annotations'][number]['texts'][number];
}) => {
  const { view, text } = props;
  const hidden = useNamesHidden();
  const at = view.imageToCanvas(text.at);
  const anchor = text.anchor && view.imageToCanvas(text.anchor);
  const lines = hidden ? [t('(text hidden)')] : text.text.split('\n');
  return (
    <>
      {anchor ? (
        <path className="state-line" d={`M${at.x} ${at.y}L${anchor.x} ${anchor.y}`} />
      ) : null}
      <text className="state-text" x={at.x} y={at.y} unicodeBidi="isolate">
        {lines.map((line, i) => (
          <tspan key={i} x={at.x} dy={i === 0 ? 0 : LINE}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  );
};

/**
 * Shutter, drawings and texts of the presentation state that is applied to one view; of a volume those of
 * the slices in sight.
 */
export const StateGraphics = (props: {
  view: ViewportHandle;
  sop: string;
  sight?: Sight | undefined;
}) => {
  const { view, sop, sight } = props;
  const isOn = useViewState(view).sop === sop;
  const state = useAppliedState(sop);
  if (!isOn || !state) return null;
  const { annotations } = stateFor(state, sop, sight);
  return (
    <svg className="state-graphics" data-state={sop}>
      {state.shutters.map((shutter, i) => (
        <path key={i} className="state-shutter" d={around(view, shutter)} />
      ))}
      {annotations.flatMap(({ graphics, texts }, i) => [
        ...graphics.map(({ shape, filled }, j) => (
          <path
            key={`${i} g${j}`}
            className={filled ? 'state-line filled' : 'state-line'}
            d={onScreen(view, shape)}
          />
        )),
        ...texts.map((text, j) => <StateText key={`${i} t${j}`} {...{ view, text }} />),
      ])}
    </svg>
  );
};
