import { failureOf } from '../../../core/message/failure.ts';
import type { Message } from '../../../core/message/message.ts';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { BoxOverlay } from '../marks/BoxOverlay.tsx';
import type { Time } from '../../../core/display/hanging/hanging-layout.ts';
import type { SearchStep } from '../layout/linked-views.ts';
import { FindingMarks } from '../../second-look/FindingMarks.tsx';
import { Loupe } from '../loupe/Loupe.tsx';
import { MeasureLayer } from '../measure/MeasureLayer.tsx';
import { NippleArc } from '../nipple/NippleArc.tsx';
import { SliceBar } from '../slices/SliceBar.tsx';
import { SliceTools } from '../slices/SliceTools.tsx';
import { useCine } from '../slices/use-cine.ts';
import { useSlice } from '../slices/use-slice.ts';
import { useSliceWheel } from '../slices/use-slice-wheel.ts';
import { sightOf } from '../../../state/slices-store.ts';
import { AirMask } from './AirMask.tsx';
import { useView } from './use-view.ts';
import { ViewLabels } from './ViewLabels.tsx';
import { viewInWords, viewTitle } from './view-labels.ts';
import { sopOf, type MarkingProps, type ViewerImage } from './viewer-types.ts';
import type { ViewportEngine, ViewportHandle } from '../../../ports/display.ts';
import { say, t } from '../../../i18n/phrases/text.ts';
import { applyState } from '../../foreign/apply-state.ts';
import { ForeignMarks } from '../../foreign/ForeignMarks.tsx';
import { OverlayPlanes } from '../../foreign/OverlayPlanes.tsx';
import { StateGraphics } from '../../foreign/StateGraphics.tsx';
import { useAppliedState } from '../../foreign/use-foreign.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';

export interface MammogramViewProps extends MarkingProps {
  readonly engine: ViewportEngine<HTMLDivElement>;
  readonly shown: ViewerImage;
  /** The side of the cell that the chest wall lies on; labels keep to the other. */
  readonly chestWall: 'left' | 'right';
  readonly active: boolean;
  /** Whether commands go to this view. */
  readonly commanded?: boolean;
  /** Whether keys that mark go to this view. */
  readonly selected?: boolean;
  /** A prior is for comparing: its marks are shown, and none are made on it. */
  readonly time: Time;
  readonly sharpened: boolean;
  readonly overlaysHidden: boolean;
  /** Where a systematic search stands that takes in this view. */
  readonly searchStep: SearchStep | undefined;
  readonly onActivate: () => void;
  readonly onEnlarge?: () => void;
  /** Gives the view to whoever steers it, and null when it is gone. */
  readonly onView?: (view: ViewportHandle | null) => void;
  /** Fits the view after it took its image or a new size; by default it is fitted by itself. */
  readonly onFit?: (view: ViewportHandle, after: 'image' | 'size') => void;
}

/** One view: picture, marks and labels of one mammogram. */
export const MammogramView = (props: MammogramViewProps) => {
  const { engine, shown, chestWall, active, time, sharpened } = props;
  // A lesion is scored from the marks of one examination; a mark on a prior would be fused with them.
  const isBarred = time === 'prior' && props.tool === 'mark';
  const refuse = () => {
    props.onMarkRefused?.('prior');
    return undefined;
  };
  const tool = isBarred ? 'window' : props.tool;
  const [problem, setProblem] = useState<Message>();
  const [shownTimes, setShownTimes] = useState(0);
  const root = useRef<HTMLElement>(null);
  const sop = sopOf(shown);
  const state = useAppliedState(sop);

  const fit = useEffectEvent((view: ViewportHandle, after: 'image' | 'size') => {
    if (props.onFit) props.onFit(view, after);
    else view.fit({ align: chestWall });
  });
  const [resized, setResized] = useState(0);
  const onResized = useCallback(() => setResized((n) => n + 1), []);
  const [view, attach] = useView(engine, onResized);

  const giveView = useEffectEvent((each: ViewportHandle | null) => props.onView?.(each));
  useEffect(() => {
    giveView(view);
    return () => giveView(null);
  }, [view]);

  useEffect(() => {
    if (!view) return undefined;
    let stale = false;
    const show = async () => {
      try {
        await view.show(sop, state?.turn ?? displayOrientation(shown.header));
        if (stale) return;
        setProblem(undefined);
        setShownTimes((n) => n + 1);
        fit(view, 'image');
        if (state) applyState(view, state, sop, shown.image);
      } catch (error) {
        if (!stale) setProblem(failureOf(error));
      }
    };
    void show();
    return () => {
      stale = true;
    };
  }, [view, sop, shown.header, shown.image, state]);

  useEffect(() => {
    if (view?.state().fitted) fit(view, 'size');
  }, [view, resized, chestWall]);

  useEffect(() => view?.setPrimaryTool(tool), [view, tool]);
  useEffect(() => view?.sharpen(sharpened), [view, sharpened]);

  const { slice, problem: sliceProblem } = useSlice(view, shown, shownTimes);
  useCine(shown);
  useSliceWheel(root, shown);
  // What reads pixels reads those on the screen.
  const image = slice?.image ?? shown.image;
  const sight = sightOf(slice?.wish, shown.header);
  const said = problem ?? sliceProblem;

  return (
    <section
      ref={root}
      className={active ? 'mammogram-view active' : 'mammogram-view'}
      aria-label={viewInWords(shown.header)}
      data-view={viewTitle(shown.header)}
      data-time={time}
      style={isBarred ? { cursor: 'not-allowed' } : undefined}
      onPointerDownCapture={(event) => {
        props.onActivate();
        if (isBarred && event.button === 0) refuse();
      }}
      // On the way down: the display keeps double clicks whose presses it did not see from going up.
      onDoubleClickCapture={() => {
        props.onMarkPointDropped?.(sop);
        props.onEnlarge?.();
      }}
    >
      <div className="mammogram-canvas" ref={attach}>
        {view ? (
          <>
            <AirMask {...{ view, shown }} />
            <StateGraphics {...{ view, sop, sight }} />
            {props.overlaysHidden ? null : (
              <>
                <OverlayPlanes {...{ view, sop, sight }} />
                <ForeignMarks {...{ view, sop, tool, sight }} />
              </>
            )}
            <BoxOverlay
              key={sop}
              {...props}
              {...{ view, sop, tool }}
              onMarkPlace={time === 'prior' ? refuse : props.onMarkPlace}
              size={shown.image}
              breast={shown.breast}
              selected={props.selected === true}
            />
            <FindingMarks key={`findings ${sop}`} {...{ view, sop }} />
            {props.overlaysHidden ? null : <NippleArc key={`nipple ${sop}`} {...{ view, shown }} />}
            <MeasureLayer key={`measure ${sop}`} {...{ view, sop, tool, image, sight }} />
            <Loupe {...{ view, sop, image }} />
          </>
        ) : null}
      </div>
      {view ? (
        <ViewLabels
          {...{ view, shown, time }}
          side={chestWall === 'left' ? 'right' : 'left'}
          overlaysHidden={props.overlaysHidden}
          searchStep={props.searchStep}
          slice={slice?.wish}
        />
      ) : null}
      <SliceBar shown={shown} side={chestWall === 'left' ? 'right' : 'left'} />
      {props.commanded && shown.header.slices ? <SliceTools side={chestWall} /> : null}
      {said ? (
        <p className="view-problem" role="alert">
          {t('This image cannot be shown: {reason}', { reason: say(said) })}
        </p>
      ) : null}
    </section>
  );
};
