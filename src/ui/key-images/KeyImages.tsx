import { useStore } from 'zustand';
import { imagesOfPatient } from '../../state/studies-store.ts';
import type { OpenImage } from '../../ports/analysis.ts';
import type { KeptKeyImage } from '../../ports/storage.ts';
import { t } from '../../i18n/phrases/text.ts';
import { viewName } from '../format.ts';
import { KeyPicture } from '../report/KeyImage.tsx';
import { useServices, useStudies } from '../services.tsx';
import { showAgain } from './keep-view.ts';

const Entry = (props: { kept: KeptKeyImage; open: OpenImage; number: number }) => {
  const { kept, open, number } = props;
  const services = useServices();
  const image = services.imageOf(kept.sopInstanceUid);
  const name = t('Key image {number}, {view}', { number, view: viewName(open.header) });
  if (!image) return null;
  return (
    <li data-testid="key-image">
      <button
        type="button"
        className="key-picture"
        aria-label={t('Show {name}', { name })}
        title={t('Show {name}', { name })}
        onClick={() => showAgain(services, kept)}
      >
        <KeyPicture {...{ image, kept }} header={open.header} side={160} label={name} marks={[]} />
      </button>
      <span className="fine">
        {[viewName(open.header), ...(kept.inverted ? [t('inverted')] : [])].join(t(', '))}
      </span>
      <button
        type="button"
        className="quiet"
        aria-label={t('Delete {name}', { name })}
        title={t('Delete {name}', { name })}
        onClick={() => services.keyImages.getState().remove(kept.id)}
      >
        ×
      </button>
    </li>
  );
};

/** The views of the patient that the reader kept: each is shown again, or deleted. */
export const KeyImages = ({ patientKey }: { patientKey: string }) => {
  const { keyImages } = useServices();
  const images = imagesOfPatient(
    useStudies((s) => s.images),
    patientKey,
  );
  const own = useStore(keyImages, (s) => s.keyImages).flatMap((kept) => {
    const open = images.find(({ header }) => header.sopInstanceUid === kept.sopInstanceUid);
    return open ? [{ kept, open }] : [];
  });
  if (own.length === 0) return null;
  return (
    <details className="key-images" data-testid="key-images">
      <summary>{t('Key images: {count}', { count: own.length })}</summary>
      <ul>
        {own.map(({ kept, open }, i) => (
          <Entry key={kept.id} {...{ kept, open }} number={i + 1} />
        ))}
      </ul>
    </details>
  );
};
