import { imagesOf } from '../../core/foreign/document.ts';
import { isOfImages } from '../../state/foreign-shown.ts';
import { t } from '../../i18n/phrases/text.ts';
import { useShownName } from '../names.tsx';
import { useForeign, useReadingFirst, useStudies } from '../services.tsx';
import { DocumentActs, DocumentTitle } from './DocumentCard.tsx';
import '../study-browser/problems.css';
import './foreign.css';

/** Reports and documents about images that are not open: said to be there, and readable. */
export const LooseDocuments = () => {
  const all = useForeign((s) => s.documents);
  const images = useStudies((s) => s.images);
  const shownName = useShownName();
  const readingFirst = useReadingFirst();
  const loose = all.filter((document) => !isOfImages(document, images));
  if (loose.length === 0) return null;
  return (
    <section className="problems" aria-label={t('Files of other programs')} data-testid="loose">
      <h2>{t('Files of other programs')}</h2>
      {loose.map((document) => (
        <section
          key={document.sopInstanceUid}
          className="foreign-document"
          title={shownName(document.path)}
        >
          <DocumentTitle document={document} />
          {imagesOf(document).length > 0 ? <p>{t('Its images are not open.')}</p> : null}
          <DocumentActs
            document={document}
            withheld={readingFirst && imagesOf(document).length > 0}
          />
        </section>
      ))}
    </section>
  );
};
