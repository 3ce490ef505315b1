import {
  ageOf,
  groupImages,
  type PatientGroup,
  type StudyGroup,
} from '../../core/dicom/grouping.ts';
import type { OpenImage } from '../../state/studies-store.ts';
import { PageTools } from '../commands/CommandCentre.tsx';
import { PageSettings } from '../local-data/PageSettings.tsx';
import { useShownName } from '../names.ts';
import { ServerButton } from '../dicomweb/ServerDialog.tsx';
import { formatDate } from '../format.ts';
import { t } from '../i18n/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { ImageEntry } from './ImageEntry.tsx';
import { OpenButtons } from './OpenButtons.tsx';
import { OpeningProgress } from './OpeningProgress.tsx';
import { Problems } from './Problems.tsx';
import './study-browser.css';

const countOf = (images: number): string =>
  images === 1 ? t('1 image') : t('{count} images', { count: images });

const ageInWords = (age: ReturnType<typeof ageOf>): string => {
  if (age === 'current') return t('current');
  return age === 'prior' ? t('prior') : '';
};

interface StudyProps {
  readonly patient: PatientGroup<OpenImage>;
  readonly study: StudyGroup<OpenImage>;
  readonly onShow: boolean;
}

const Study = ({ patient, study, onShow }: StudyProps) => {
  const { studies } = useServices();
  const shownName = useShownName();
  return (
    <div className="study">
      <button
        type="button"
        className="study-name"
        aria-current={onShow}
        onClick={() => studies.getState().showStudy(patient.key, study.studyInstanceUid)}
      >
        {formatDate(study.studyDate)} {shownName(study.studyDescription)}
      </button>
      <p className="study-facts">
        {[countOf(study.images.length), ageInWords(ageOf(study, patient))]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className="study-views">
        {study.images.map((image) => (
          <ImageEntry key={image.header.sopInstanceUid} image={image} />
        ))}
      </ul>
    </div>
  );
};

const Patient = ({ patient, current }: { patient: PatientGroup<OpenImage>; current: boolean }) => {
  const { studies, closePatient } = useServices();
  const chosen = useStudies((s) => s.studyInstanceUid);
  const shownName = useShownName();
  const name = shownName(patient.patientName) || t('No name');
  const onShow = patient.studies.find((s) => s.studyInstanceUid === chosen) ?? patient.studies[0];
  return (
    <li className={current ? 'patient current' : 'patient'}>
      <button
        type="button"
        className="patient-name"
        aria-current={current}
        onClick={() => studies.getState().showPatient(patient.key)}
      >
        <b>{name}</b>
        <span>{shownName(patient.patientId) || t('no Patient ID')}</span>
      </button>
      <button
        type="button"
        className="quiet"
        aria-label={t('Close {patient}', { patient: name })}
        onClick={() => closePatient(patient.key)}
      >
        {t('Close')}
      </button>
      {patient.studies.map((study) => (
        <Study
          key={study.studyInstanceUid}
          {...{ patient, study }}
          onShow={current && study === onShow}
        />
      ))}
    </li>
  );
};

/** Left column: patients, their studies and images, and what was not opened. */
export const StudyBrowser = () => {
  const images = useStudies((s) => s.images);
  const current = useStudies((s) => s.patientKey);
  return (
    <nav className="study-browser" aria-label={t('Patients and studies')}>
      <OpenButtons />
      <ServerButton />
      <OpeningProgress />
      <ul className="patients">
        {groupImages(images).patients.map((patient) => (
          <Patient key={patient.key} patient={patient} current={patient.key === current} />
        ))}
      </ul>
      <Problems />
      <PageSettings />
      <PageTools />
    </nav>
  );
};
