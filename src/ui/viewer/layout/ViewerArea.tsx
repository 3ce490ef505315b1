import { failureOf } from '../../../core/message/failure.ts';
import { message, type Message } from '../../../core/message/message.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Lesion } from '../../../core/lesion/lesion.ts';
import { isScoreHidden } from '../../../core/lesion/reading.ts';
import type { Scored } from '../../../state/lesion-result.ts';
import { examOnShow } from '../../../state/open-exams.ts';
import { imagesOnShow, pixelsOf, priorImages } from '../../../state/studies-store.ts';
import { lesionColour } from '../../colours.ts';
import { patchBox } from '../../../core/features/extract-patch.ts';
import { percent } from '../../format.ts';
import { say, t } from '../../../i18n/phrases/text.ts';
import { useAssumedPrevalence } from '../../prevalence.ts';
import {
  useLesions,
  usePatientLesions,
  useReadingFirst,
  useScoreOnShow,
  useServices,
  useStudies,
} from '../../services.tsx';
import { FourViewLayout } from './FourViewLayout.tsx';
import {
  type Activations,
  type LesionOverlay,
  type LesionScores,
  type MarkCallbacks,
  type Outlines,
  type ViewerImage,
} from '../view/viewer-types.ts';
import type { ViewportEngine } from '../../../ports/display.ts';
import type { OpenImage } from '../../../ports/analysis.ts';
import type { ImagePoint } from '../../../core/geometry/point.ts';

/** The display engine, which loads with the first image; or why it cannot start. */
const useEngine = (): { engine?: ViewportEngine<HTMLDivElement>; problem?: Message } => {
  const { viewerEngine, onViewerLost } = useServices();
  const [state, setState] = useState<{
    engine?: ViewportEngine<HTMLDivElement>;
    problem?: Message;
  }>({});
  const [losses, setLosses] = useState(0);
  useEffect(
    () =>
      onViewerLost(() => {
        setState({});
        setLosses((n) => n + 1);
      }),
    [onViewerLost],
  );
  useEffect(() => {
    let gone = false;
    viewerEngine().then(
      (engine) => !gone && setState({ engine }),
      (error: unknown) => !gone && setState({ problem: failureOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [viewerEngine, losses]);
  return state;
};

/** Images of the study on show, or of the one before it, with their pixels by reference. */
const useStudyImages = (of: typeof imagesOnShow): readonly ViewerImage[] => {
  const { imageOf, breastOf } = useServices();
  const images = useStudies((s) => s.images);
  const patientKey = useStudies((s) => s.patientKey);
  const studyInstanceUid = useStudies((s) => s.studyInstanceUid);
  return useMemo(
    () =>
      of({ images, patientKey, studyInstanceUid }).flatMap(({ header }: OpenImage) => {
        const image = imageOf(header.sopInstanceUid);
        return image ? [{ header, image, breast: breastOf(header.sopInstanceUid) }] : [];
      }),
    [of, images, patientKey, studyInstanceUid, imageOf, breastOf],
  );
};

const overlayOf = ({ id, number, marks }: Lesion): LesionOverlay => ({
  id,
  label: String(number),
  colour: lesionColour(number),
  marks,
});

const byView = <T,>({ views }: Scored, values: readonly T[]): Record<string, T> =>
  Object.fromEntries(values.map((value, i) => [views[i] ?? '', value]));

/** Ids of the lesions whose score the reader may not see yet. */
const useHidden = (lesions: readonly Lesion[]): ReadonlySet<string> => {
  const readingFirst = useReadingFirst();
  return useMemo(
    () => new Set(lesions.filter((l) => isScoreHidden(l, readingFirst)).map(({ id }) => id)),
    [lesions, readingFirst],
  );
};

/** What stands on the pictures beside the marks: the fused likelihood of each lesion, and the outlines. */
const useViewResults = (
  lesions: readonly Lesion[],
  hidden: ReadonlySet<string>,
): { scores: LesionScores; outlines: Outlines } => {
  const { shift } = useAssumedPrevalence();
  const scoreOf = useScoreOnShow();
  const scored = useMemo(
    () =>
      lesions.flatMap((lesion) => {
        const result = scoreOf(lesion);
        return result.phase === 'scored' ? [[lesion.id, result] as const] : [];
      }),
    [lesions, scoreOf],
  );
  const outlines = useMemo(
    () =>
      Object.fromEntries(
        scored.map(([id, result]) => [
          id,
          byView(
            result,
            result.outlines.map(({ polygon }) => polygon),
          ),
        ]),
      ),
    [scored],
  );
  // Not kept: it is in the reader's language.
  const scoreText = ({ answer }: Scored) => percent(shift(answer.score.likelihood.value));
  const scores = Object.fromEntries(
    scored.filter(([id]) => !hidden.has(id)).map(([id, result]) => [id, scoreText(result)]),
  );
  return { scores, outlines };
};

/** The class-activation maps of one lesion, at one scale over its views. */
const useActivations = (lesion: Lesion | undefined): Activations => {
  const { manifest, imageOf } = useServices();
  const scoreOf = useScoreOnShow();
  return useMemo(() => {
    const result = lesion && scoreOf(lesion);
    if (!manifest || result?.phase !== 'scored') return {};
    const found = result.views.flatMap((sop, i) => {
      const [map, box, image] = [result.answer.activations[i], lesion?.marks[sop], imageOf(sop)];
      if (!map || !box || !image) return [];
      return [{ sop, map, square: patchBox(box, manifest.patch, image.pixelAspect) }];
    });
    const peak = Math.max(0, ...found.flatMap(({ map }) => Array.from(map.values, Math.abs)));
    return Object.fromEntries(found.map(({ sop, map, square }) => [sop, { map, square, peak }]));
  }, [lesion, scoreOf, manifest, imageOf]);
};

/** A click that marks waits this long for a second one, which makes it a double click, ms. */
const DOUBLE_CLICK_MS = 250;

/** What a hand does over the pictures becomes marks; with each new one the tool is put away. */
const useMarking = (): MarkCallbacks => {
  const { lesions, placeMark, outlineAt, studies, viewer, notices } = useServices();
  /** The last click on each image: it takes the place of one that still waits there, and of no other. */
  const [lastClicks] = useState(() => new Map<string, symbol>());
  /** The lesion that the last click without one will have begun, as long as that waits for its outline. */
  const beginning = useRef<Promise<string | undefined>>(undefined);
  const place: MarkCallbacks['onMarkPlace'] = (id, sop, box) => {
    const lesionId = placeMark(sop, box, id);
    if (lesionId !== undefined) viewer.getState().putToolAway();
    return lesionId;
  };
  const pixelsNow = (sop: string) => pixelsOf(studies.getState().images, sop);
  const outlineUnlessDoubled = async (sop: string, point: ImagePoint) => {
    const own = Symbol(sop);
    lastClicks.set(sop, own);
    const pause = new Promise((resolve) => setTimeout(resolve, DOUBLE_CLICK_MS));
    const [box] = await Promise.all([outlineAt(sop, point), pause]);
    return own === lastClicks.get(sop) ? box : undefined;
  };
  const markPoint = async (into: Promise<string | undefined>, sop: string, point: ImagePoint) => {
    const { taken } = viewer.getState();
    const exam = examOnShow(studies.getState())?.key;
    const box = await outlineUnlessDoubled(sop, point);
    const lesionId = box && placeMark(sop, box, await into);
    // Who has taken the tool again meanwhile is about to mark the next view, or one of another exam.
    const isAsItWas =
      viewer.getState().taken === taken && examOnShow(studies.getState())?.key === exam;
    if (lesionId !== undefined && isAsItWas) viewer.getState().putToolAway();
    return lesionId;
  };
  /** Two clicks in turn on two views are of one lesion, also where the second comes before the first's outline. */
  const onMarkPoint: MarkCallbacks['onMarkPoint'] = (id, sop, point) => {
    const into = id === undefined ? beginning.current : undefined;
    const placed = markPoint(into ?? Promise.resolve(id), sop, point);
    if (id !== undefined) return;
    beginning.current = placed;
    void placed.then(() => {
      if (beginning.current === placed) beginning.current = undefined;
    });
  };
  return {
    onMarkMove: (id, sop, box, phase) =>
      phase === 'commit'
        ? lesions.getState().setMark(id, sop, box, pixelsNow(sop))
        : lesions.getState().previewMark(id, sop, box),
    onMarkCancel: () => lesions.getState().cancelPreview(),
    onMarkPlace: place,
    onMarkLost: () => notices.getState().tell('placing', message('mark.broken-off')),
    onMarkRefused: (why) => notices.getState().tell('placing', message(`mark.${why}`)),
    onMarkPoint,
    onMarkPointDropped: (sop) => void lastClicks.delete(sop),
    onMarkDelete: (id, sop) => lesions.getState().removeMark(id, sop),
    onSelectLesion: (id) => lesions.getState().select(id),
  };
};

/** Middle of the page: the mammograms of the study on show, with the marks on them. */
export const ViewerArea = () => {
  const { engine, problem } = useEngine();
  const current = useStudyImages(imagesOnShow);
  const prior = useStudyImages(priorImages);
  const images = useMemo(() => [...current, ...prior], [current, prior]);
  const exam = useStudies((s) => examOnShow(s)?.key);
  const patientKey = useStudies((s) => s.patientKey);
  const all = usePatientLesions(patientKey);
  const selectedId = useLesions((s) => s.selectedId);
  const hidden = useHidden(all);
  const { scores, outlines } = useViewResults(all, hidden);
  const marking = useMarking();
  const lesions = useMemo(() => all.map(overlayOf), [all]);
  const selectedLesionId = lesions.find((l) => l.id === selectedId)?.id;
  const activations = useActivations(
    all.find((l) => l.id === selectedLesionId && !hidden.has(l.id)),
  );
  return (
    <main className="viewer-area" aria-label={t('Mammograms')}>
      {problem ? (
        <p role="alert" className="alarm viewer-problem">
          {t('The images cannot be shown in this browser: {reason}', { reason: say(problem) })}
        </p>
      ) : null}
      <p className="viewer-note small-screen">
        {t('A screen this small is for looking, not for reading.')}
      </p>
      {engine && current.length > 0 ? (
        <FourViewLayout
          key={exam}
          {...{ engine, images, lesions, selectedLesionId, scores, outlines, activations }}
          {...marking}
        />
      ) : null}
    </main>
  );
};
