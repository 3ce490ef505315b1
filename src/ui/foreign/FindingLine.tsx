import type { PlacedFinding } from '../../core/foreign/placed.ts';
import { viewLabel } from '../../core/dicom/view-label.ts';
import { openImage } from '../../state/studies-store.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useForeign, useServices, useStudies } from '../services.tsx';
import { findingFacts, findingName } from './foreign-words.ts';

/** "12, 14–16": numbers in order, runs of them as one. */
const spansOf = (numbers: readonly number[]): string => {
  const spans: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && n === last[1] + 1) last[1] = n;
    else spans.push([n, n]);
  }
  return spans.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(t(', '));
};

/** Where a finding is: the views that show it, or why none does. */
const usePlaces = ({ marks, away }: PlacedFinding): string => {
  const images = useStudies((s) => s.images);
  const views = images.flatMap(({ header }) => {
    const here = marks[header.sopInstanceUid];
    if (!here) return [];
    const frames = header.slices ? [...new Set(here.flatMap((mark) => mark.frames ?? []))] : [];
    const view = viewLabel(header);
    return frames.length === 0
      ? [view]
      : [t('{view}, slice {slices}', { view, slices: spansOf(frames) })];
  });
  if (views.length > 0) return views.join(t(', '));
  if (away.includes('outside')) return t('outside the image');
  if (away.includes('in space')) return t('in the patient: no open image is known to lie there');
  return away.length > 0 ? t('image not open') : '';
};

/** One finding of a report: a click shows it; it becomes the reader's only when the reader says so. */
export const FindingLine = ({ placed, drawn }: { placed: PlacedFinding; drawn: boolean }) => {
  const { foreign, showRequest, adoptFinding, slices, studies } = useServices();
  const { document, finding, marks } = placed;
  const { sopInstanceUid } = document;
  const selected = useForeign(
    ({ selected: at }) => at?.sopInstanceUid === sopInstanceUid && at.findingId === finding.id,
  );
  const places = usePlaces(placed);
  const name = findingName(finding);
  const [first] = Object.keys(marks);
  const show = () => {
    foreign.getState().select({ sopInstanceUid, findingId: finding.id });
    if (first === undefined) return;
    const frame = marks[first]?.find(({ frames }) => frames)?.frames?.[0];
    const count = openImage(studies.getState().images, first)?.header.slices?.count;
    if (frame !== undefined && count !== undefined && frame <= count)
      slices.getState().go({ [first]: frame - 1 });
    showRequest.getState().ask(first);
  };
  return (
    <li data-finding={finding.id} data-intent={finding.intent}>
      <button
        type="button"
        className="foreign-finding"
        aria-pressed={selected}
        title={t('Show {finding}', { finding: name })}
        onClick={show}
      >
        {[name, places].filter(Boolean).join(' · ')}
        <small>{findingFacts(finding).join(' · ')}</small>
      </button>
      {first !== undefined && drawn && selected ? (
        <button type="button" onClick={() => void adoptFinding(placed)}>
          {t('Make it a lesion of mine')}
        </button>
      ) : null}
    </li>
  );
};
