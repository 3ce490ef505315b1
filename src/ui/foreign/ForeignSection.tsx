import { viewLabel } from '../../core/dicom/view-label.ts';
import { findingsOf } from '../../core/foreign/document.ts';
import type { ForeignLayer } from '../../state/foreign-store.ts';
import { isOfImages } from '../../state/foreign-shown.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useShownName } from '../names.tsx';
import { useForeign, useServices } from '../services.tsx';
import { DocumentCard } from './DocumentCard.tsx';
import { useForeignHidden } from './use-foreign.ts';

const LayerSwitch = ({ layer, label }: { layer: ForeignLayer; label: string }) => {
  const { foreign } = useServices();
  const on = useForeign((s) => s[layer]);
  return (
    <label>
      <input type="checkbox" checked={on} onChange={() => foreign.getState().toggle(layer)} />{' '}
      {label}
    </label>
  );
};

/** What other programs said of the patient on show, apart from the reader's lesions. */
export const ForeignSection = ({ images }: { images: readonly OpenImage[] }) => {
  const { overlaysOf } = useServices();
  const all = useForeign((s) => s.documents);
  const hidden = useForeignHidden();
  const shownName = useShownName();
  const documents = all.filter((document) => isOfImages(document, images));
  const planes = images.flatMap(({ header }) =>
    // A plane of several frames is one.
    [
      ...new Map(overlaysOf(header.sopInstanceUid).map((plane) => [plane.number, plane])).values(),
    ].map((plane) => ({
      view: viewLabel(header),
      label: plane.label || t('Overlay plane {number}', { number: plane.number + 1 }),
    })),
  );
  const hasOverlays = planes.length > 0;
  if (documents.length === 0 && !hasOverlays) return null;
  const findings = documents.flatMap(findingsOf);
  const unpresented = findings.filter(({ intent }) => intent === 'not').length;
  // A letter is opened because the reader asks for it; all else would speak by itself.
  const listed = hidden
    ? documents.filter(({ content }) => content.kind === 'document')
    : documents;
  return (
    <details className="foreign" data-testid="foreign" open>
      <summary>{t('Other programs')}</summary>
      {hidden ? (
        <p className="fine" data-testid="foreign-hidden">
          {t('Hidden until you have assessed a lesion, or the examination (reading first).')}
        </p>
      ) : (
        <div className="foreign-switches">
          {findings.length > 0 ? <LayerSwitch layer="marks" label={t('Marks (Shift+C)')} /> : null}
          {hasOverlays ? (
            <LayerSwitch layer="overlays" label={t('Overlay planes (Shift+O)')} />
          ) : null}
          {unpresented > 0 ? (
            <LayerSwitch
              layer="unpresented"
              label={t('Not for presentation ({count})', { count: unpresented })}
            />
          ) : null}
        </div>
      )}
      {hidden
        ? null
        : planes.map(({ view, label }, i) => (
            <p key={i} className="fine">
              {view}: <bdi>{shownName(label)}</bdi>
            </p>
          ))}
      {listed.map((document) => (
        <DocumentCard key={document.sopInstanceUid} {...{ document, images }} />
      ))}
    </details>
  );
};
