import { findingsOf } from '../../core/foreign/document.ts';
import { MOST_LINES, type SrLine } from '../../core/foreign/sr-lines.ts';
import { t } from '../../i18n/phrases/text.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useNamesHidden, useShownName } from '../names.tsx';
import { useForeign, useServices } from '../services.tsx';
import { formText, makerText, momentText, ownTitle } from './foreign-words.ts';
import { useForeignHidden } from './use-foreign.ts';

/** Steps of indentation that fit a dialog. */
const DEEPEST = 8;

const Line = ({ line }: { line: SrLine }) => {
  const shownName = useShownName();
  const hidden = useNamesHidden();
  const value = line.mayName && hidden ? shownName(line.value) : line.value;
  return (
    <p style={{ marginInlineStart: `${Math.min(line.depth, DEEPEST) * 1.2}rem` }}>
      {line.name ? (
        <b>
          <bdi>{line.name}</bdi>
        </b>
      ) : null}
      {line.name && value ? ': ' : ''}
      <bdi>{value}</bdi>
    </p>
  );
};

/** The text of a structured report of another program, as its content tree has it. */
export const DocumentDialog = () => {
  const { foreign } = useServices();
  const document = useForeign((s) =>
    s.documents.find(({ sopInstanceUid }) => sopInstanceUid === s.reading),
  );
  const hidden = useNamesHidden();
  const shownName = useShownName();
  const withheld = useForeignHidden() && document && findingsOf(document).length > 0;
  if (!document || withheld) return null;
  const { lines, title } = document;
  return (
    <Dialog
      title={[makerText(document), ownTitle(document) ? shownName(title) : formText(document)].join(
        ' · ',
      )}
      onClose={() => foreign.getState().read(undefined)}
    >
      <p className="fine">{momentText(document)}</p>
      {hidden ? <p className="fine">{t('Free text and names of persons are hidden.')}</p> : null}
      <div className="document-lines" tabIndex={0}>
        {lines.length === 0 ? <p>{t('It holds nothing but its header.')}</p> : null}
        {lines.slice(0, MOST_LINES).map((line, i) => (
          <Line key={i} line={line} />
        ))}
      </div>
      {lines.length > MOST_LINES ? (
        <p className="fine">
          {t('The first {count} lines; the rest is not shown.', { count: MOST_LINES })}
        </p>
      ) : null}
    </Dialog>
  );
};
