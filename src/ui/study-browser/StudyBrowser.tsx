import { formatDate, viewName } from '../format.ts';
import { type OpenImage, patientKeyOf } from '../../state/studies-store.ts';
import { useServices, useStudies } from '../services.tsx';
import { OpenButtons } from './OpenButtons.tsx';
import { OpeningProgress } from './OpeningProgress.tsx';
import { Problems } from './Problems.tsx';

const groupBy = <T,>(items: readonly T[], key: (item: T) => string): [string, T[]][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    groups.set(k, [...(groups.get(k) ?? []), item]);
  }
  return [...groups];
};

const Study = ({ images }: { images: readonly OpenImage[] }) => {
  const header = images[0]?.header;
  return (
    <div className="study">
      <p>
        {formatDate(header?.studyDate)} {header?.studyDescription}
      </p>
      <ul className="study-views">
        {images.map((image) => (
          <li key={image.header.sopInstanceUid} title={image.path}>
            {viewName(image.header)}
          </li>
        ))}
      </ul>
    </div>
  );
};

const Patient = (props: { patientKey: string; images: readonly OpenImage[]; current: boolean }) => {
  const { studies, closePatient } = useServices();
  const header = props.images[0]?.header;
  const name = header?.patientName || 'No name';
  return (
    <li className={props.current ? 'patient current' : 'patient'}>
      <button
        type="button"
        className="patient-name"
        aria-current={props.current}
        onClick={() => studies.getState().showPatient(props.patientKey)}
      >
        <b>{name}</b>
        <span>{header?.patientId || 'no Patient ID'}</span>
      </button>
      <button
        type="button"
        className="quiet"
        aria-label={`Close ${name}`}
        onClick={() => closePatient(props.patientKey)}
      >
        Close
      </button>
      {groupBy(props.images, (i) => i.header.studyInstanceUid).map(([uid, images]) => (
        <Study key={uid} images={images} />
      ))}
    </li>
  );
};

/** Left column: patients, their studies and views, and what was not opened. */
export const StudyBrowser = () => {
  const images = useStudies((s) => s.images);
  const current = useStudies((s) => s.patientKey);
  return (
    <nav className="study-browser" aria-label="Patients and studies">
      <OpenButtons />
      <OpeningProgress />
      <ul className="patients">
        {groupBy(images, (i) => patientKeyOf(i.header)).map(([key, group]) => (
          <Patient key={key} patientKey={key} images={group} current={key === current} />
        ))}
      </ul>
      <Problems />
    </nav>
  );
};
