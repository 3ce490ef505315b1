import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { lookAtFinding } from '../../commands/second-look-commands.ts';
import type { CanvasPoint, ViewportHandle } from '../../ports/display.ts';
import type { ShownFinding, ShownMark } from '../../state/shown-findings.ts';
import { isDrawing } from '../../state/viewer-store.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useStore } from 'zustand';
import { useCommandContext } from '../commands/command-context.ts';
import { heldInView, isInView } from '../viewer/marks/label-place.ts';
import { toScreen } from '../viewer/marks/screen-box.ts';
import { useEventShield } from '../viewer/view/use-event-shield.ts';
import { useViewState } from '../viewer/view/use-view.ts';
import { useChosenId, useFindings } from './use-findings.ts';

/** Kept between a mark's ellipse and what it marks, CSS pixels. */
const MARGIN = 5;
/** A tag that points at its ring. */
const TAG = { width: 18, height: 15, tip: 5 };

/**
 * Unanswered ones, and the one that is looked at; where the reader's own box stands, that is enough, but only on
 * the views that have one.
 */
const isDrawn = ({ answer, agreesWith }: ShownFinding, sop: string, isChosen: boolean): boolean => {
  if (answer.kind === 'accepted') return isChosen && !(sop in answer.lesion.marks);
  return isChosen || (answer.kind === 'open' && !(agreesWith && sop in agreesWith.marks));
};

/** The tag whose lower left corner is here, as a path. */
export const tagPath = ({ x, y }: CanvasPoint): string =>
  `M${x} ${y}v${-TAG.height}h${TAG.width}v${TAG.height}h${-TAG.width / 2 + 4}l-4 ${TAG.tip}l-4 ${-TAG.tip}z`;

const Mark = (props: {
  view: ViewportHandle;
  finding: ShownFinding;
  mark: ShownMark;
  isChosen: boolean;
  onPress: (event: PointerEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) => {
  const { view, finding, mark, isChosen } = props;
  const box = toScreen(view, mark.box);
  if (!isInView(box, view.size())) return null;
  const ellipse = {
    cx: box.x + box.width / 2,
    cy: box.y + box.height / 2,
    rx: box.width / 2 + MARGIN,
    ry: box.height / 2 + MARGIN,
  };
  const top = { x: ellipse.cx - TAG.width / 2, y: ellipse.cy - ellipse.ry - TAG.tip - 2 };
  const at = heldInView(top, TAG.width, TAG.height, view.size());
  const look = [
    'finding-mark',
    isChosen && 'chosen',
    !mark.reaches && 'faint',
    finding.answer.kind === 'dismissed' && 'dismissed',
  ];
  return (
    <g
      className={look.filter(Boolean).join(' ')}
      data-finding={finding.rank}
      tabIndex={0}
      role="button"
      aria-pressed={isChosen}
      aria-label={t('Second look, finding {number}', { number: finding.rank })}
      onPointerDown={props.onPress}
      onKeyDown={props.onKeyDown}
    >
      <ellipse className="finding-halo" {...ellipse} />
      <ellipse className="finding-ring" {...ellipse} />
      <ellipse className="finding-grip" {...ellipse} />
      <path className="finding-flag" d={tagPath(at)} />
      <text className="finding-number" aria-hidden="true" x={at.x + TAG.width / 2} y={at.y - 4}>
        {finding.rank}
      </text>
    </g>
  );
};

/**
 * What the finder found on one view, after the reader's word: dashed rings with a number on a tag,
 * unlike the reader's own marks in shape and colour. They are chosen by a press and never moved.
 */
export const FindingMarks = ({ view, sop }: { view: ViewportHandle; sop: string }) => {
  const isShown = useViewState(view).sop === sop;
  const context = useCommandContext();
  const isPassive = isDrawing(useStore(context.viewer, (s) => s.tool));
  const findings = useFindings();
  const chosenId = useChosenId();
  const svg = useRef<SVGSVGElement>(null);
  const taken = useRef(false);
  useEventShield(svg, taken);
  if (!isShown || findings.length === 0) return null;
  const choose = (finding: ShownFinding) => lookAtFinding(context, finding);
  return (
    <svg
      ref={svg}
      className={`picture-layer finding-overlay${isPassive ? ' passive' : ''}`}
      onPointerUp={() => {
        taken.current = false;
      }}
    >
      {findings.flatMap((finding) =>
        finding.marks
          .filter(
            (mark) => mark.sopInstanceUid === sop && isDrawn(finding, sop, finding.id === chosenId),
          )
          .map((mark) => (
            <Mark
              key={finding.id}
              {...{ view, finding, mark }}
              isChosen={finding.id === chosenId}
              onPress={(event) => {
                if (event.button !== 0) return;
                taken.current = true;
                choose(finding);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                choose(finding);
                event.preventDefault();
                event.stopPropagation();
              }}
            />
          )),
      )}
    </svg>
  );
};
