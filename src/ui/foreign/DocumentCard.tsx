import type { ReactNode } from 'react';
import { type ForeignDocument, isOpenable } from '../../core/foreign/document.ts';
import type { PlacedFinding } from '../../core/foreign/placed.ts';
import { viewLabel } from '../../core/dicom/view-label.ts';
import { isFindingShown } from '../../state/foreign-shown.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useNamesHidden, useShownName } from '../names.tsx';
import { useForeign, useServices } from '../services.tsx';
import { FindingLine } from './FindingLine.tsx';
import {
  algorithmText,
  formText,
  isEmptyDocument,
  isSilent,
  leftText,
  makerText,
  momentText,
  outcomeText,
  ownTitle,
  unopenableText,
} from './foreign-words.ts';
import { usePlaced } from './use-foreign.ts';

/** What can be done with a document as a whole. */
export const DocumentActs = (props: {
  document: ForeignDocument;
  /** Reading first keeps its words from the reader. */
  withheld?: boolean;
  children?: ReactNode;
}) => {
  const { document, withheld = false } = props;
  const { foreign, openPaper } = useServices();
  const applied = useForeign((s) => s.applied) === document.sopInstanceUid;
  const { sopInstanceUid, lines, content } = document;
  const hasText = lines.length > 0 && !withheld;
  return (
    <span className="foreign-acts">
      {props.children}
      {content.kind === 'presentation' ? (
        <button
          type="button"
          aria-pressed={applied}
          onClick={() => foreign.getState().apply(applied ? undefined : sopInstanceUid)}
        >
          {applied ? t('Stop applying') : t('Apply')}
        </button>
      ) : null}
      {hasText ? (
        <button type="button" onClick={() => foreign.getState().read(sopInstanceUid)}>
          {t('Read as text')}
        </button>
      ) : null}
      {isOpenable(document) ? (
        <button type="button" onClick={() => openPaper(sopInstanceUid)}>
          {t('Open in a new tab')}
        </button>
      ) : null}
    </span>
  );
};

const keyViews = (named: readonly string[], images: readonly OpenImage[]): string =>
  images
    .filter(({ header }) => named.includes(header.sopInstanceUid))
    .map(({ header }) => viewLabel(header))
    .join(t(', '));

/** What the document says, by its kind; free text is left out while names are hidden. */
const useFacts = (document: ForeignDocument, images: readonly OpenImage[]): readonly string[] => {
  const shownName = useShownName();
  const hidden = useNamesHidden();
  const { content } = document;
  switch (content.kind) {
    case 'cad':
      return [content.algorithms.map(algorithmText).join(t(', ')), outcomeText(content)];
    case 'presentation':
      return [
        [content.label, content.description, content.creator].map(shownName).filter(Boolean),
        leftText(content),
      ].flat();
    case 'key objects':
      return [
        t('Key images: {views}', { views: keyViews(content.images, images) || '–' }),
        shownName(content.description),
      ];
    case 'document':
      return [
        unopenableText(document),
        hidden ? t('The document itself may name the patient.') : '',
      ];
    case 'report':
      return [];
  }
};

/** Whether the document is of another person than the images that it names, by the ID of both. */
const namesAnother = ({ patientId }: ForeignDocument, images: readonly OpenImage[]): boolean =>
  patientId !== '' &&
  images.length > 0 &&
  images.every(({ header }) => header.patientId !== '' && header.patientId !== patientId);

/** What a document is and where it comes from, in a line. */
export const DocumentTitle = ({ document }: { document: ForeignDocument }) => {
  const shownName = useShownName();
  const title = shownName(ownTitle(document));
  return (
    <>
      <h3>
        <bdi>{makerText(document)}</bdi>
      </h3>
      <p className="fine">
        {[formText(document), momentText(document)].filter(Boolean).join(' · ')}
        {title ? (
          <>
            {' · '}
            <bdi>{title}</bdi>
          </>
        ) : null}
      </p>
      {isEmptyDocument(document) ? <p>{t('It holds nothing but its header.')}</p> : null}
    </>
  );
};

const Findings = ({ placed }: { placed: readonly PlacedFinding[] }) => {
  const unpresented = useForeign((s) => s.unpresented);
  const always = { marks: true, off: new Set<string>(), unpresented };
  const listed = placed.filter((each) => isFindingShown(each, always));
  const state = useForeign((s) => s);
  if (listed.length === 0) return null;
  return (
    <ul className="foreign-findings">
      {listed.map((each) => (
        <FindingLine key={each.finding.id} placed={each} drawn={isFindingShown(each, state)} />
      ))}
    </ul>
  );
};

/** One report, state or document of another program, about the patient on show. */
export const DocumentCard = (props: {
  document: ForeignDocument;
  images: readonly OpenImage[];
}) => {
  const { document, images } = props;
  const { foreign } = useServices();
  const { sopInstanceUid, content } = document;
  const isOff = useForeign((s) => s.off.has(sopInstanceUid));
  const placed = usePlaced([document]);
  const facts = useFacts(document, images).filter(Boolean);
  const silent = content.kind === 'cad' && isSilent(content);
  return (
    <section className="foreign-document" data-document={sopInstanceUid}>
      <DocumentTitle document={document} />
      {namesAnother(document, images) ? (
        <p className="alarm">{t('It names another patient than the images.')}</p>
      ) : null}
      {facts.map((fact, i) => (
        <p key={i} className={silent && i === facts.length - 1 ? 'foreign-silent' : undefined}>
          <bdi>{fact}</bdi>
        </p>
      ))}
      <DocumentActs document={document}>
        {placed.length > 0 ? (
          <label>
            <input
              type="checkbox"
              checked={!isOff}
              onChange={(e) => foreign.getState().switchOff(sopInstanceUid, !e.target.checked)}
            />{' '}
            {t('Marks of this report')}
          </label>
        ) : null}
      </DocumentActs>
      <Findings placed={placed} />
    </section>
  );
};
