import { useEffect, useRef } from 'react';
import { message } from '../../core/message/message.ts';
import {
  ageOf,
  groupImages,
  type Namesake,
  type PatientGroup,
  type StudyGroup,
} from '../../core/dicom/grouping.ts';
import { repeatMarks } from '../../core/dicom/view-label.ts';
import { PageSettings } from '../local-data/PageSettings.tsx';
import { useShownName, useShownPatient } from '../names.tsx';
import { ServerButton } from '../dicomweb/ServerDialog.tsx';
import { formatDate } from '../format.ts';
import { say, t } from '../../i18n/phrases/text.ts';
import { useServices, useStudies } from '../services.tsx';
import { LooseDocuments } from '../foreign/LooseDocuments.tsx';
import { ImageEntry } from './ImageEntry.tsx';
import { OpenButtons } from './OpenButtons.tsx';
import { OpeningProgress } from './OpeningProgress.tsx';
import { Problems } from './Problems.tsx';
import type { OpenImage } from '../../ports/analysis.ts';

const countOf = (count: number): string => say(message('count.images', { count }));

const ageInWords = (age: ReturnType<typeof ageOf>): string => {
  if (age === 'current') return t('current');
  return age === 'prior' ? t('prior') : '';
};

interface StudyProps {
  readonly patient: PatientGroup<OpenImage>;
  readonly study: StudyGroup<OpenImage>;
  readonly onShow: boolean;
}

/** Scrolls the column to what comes to be on show, where it is out of sight. */
const useBroughtInSight = (onShow: boolean) => {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const column = button.current?.closest('nav');
    if (!onShow || !button.current || !column) return;
    const [own, all] = [button.current.getBoundingClientRect(), column.getBoundingClientRect()];
    if (own.top < all.top || own.bottom > all.bottom) column.scrollTop += own.top - all.top;
  }, [onShow]);
  return button;
};

const Study = ({ patient, study, onShow }: StudyProps) => {
  const { studies } = useServices();
  const shownName = useShownName();
  const button = useBroughtInSight(onShow);
  const marks = repeatMarks(study.images.map(({ header }) => header));
  return (
    <div>
      <button
        type="button"
        ref={button}
        className="study-name"
        aria-current={onShow}
        onClick={() => studies.getState().showStudy(patient.key, study.studyInstanceUid)}
      >
        {formatDate(study.studyDate)} <bdi>{shownName(study.studyDescription)}</bdi>
      </button>
      <p className="study-facts">
        {[
          countOf(study.images.length),
          ageInWords(ageOf(study, patient)),
          study.studyInstanceUids.length > 1
            ? t('{count} studies of one day, shown together', {
                count: study.studyInstanceUids.length,
              })
            : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <ul className="study-views">
        {study.images.map((image) => (
          <ImageEntry
            key={image.header.sopInstanceUid}
            image={image}
            mark={marks.get(image.header.sopInstanceUid)}
          />
        ))}
      </ul>
    </div>
  );
};

const differsInWords = (differs: Namesake['differs']): string =>
  differs
    .map(
      (each) =>
        ({
          ID: t('ID'),
          issuer: t('issuer of the ID'),
          name: t('name'),
          'birth date': t('birth date'),
        })[each],
    )
    .join(t(', '));

/** Why patients are apart who might be taken for one, and what was left out of a name. */
const PatientNotes = ({ patient }: { patient: PatientGroup<OpenImage> }) => {
  const shownPatient = useShownPatient();
  const notes = patient.apartFrom.map(({ key, patientName, differs }) =>
    differs.length > 0
      ? t('Same ID as {patient}, but another {differs}: kept apart.', {
          patient: shownPatient(key, patientName),
          differs: differsInWords(differs),
        })
      : t('Same ID as {patient}, and it does not say which of several persons: kept apart.', {
          patient: shownPatient(key, patientName),
        }),
  );
  if (patient.isIdBlank)
    notes.push(t('Without a Patient ID only the images of one study are taken for one person.'));
  if (patient.unseenCharacters)
    notes.push(t('Name or ID holds characters that cannot be seen; they are left out.'));
  return notes.map((note, i) => (
    <p key={i} className="patient-note" data-testid="patient-note">
      {note}
    </p>
  ));
};

const Patient = ({ patient, current }: { patient: PatientGroup<OpenImage>; current: boolean }) => {
  const { studies, closePatient } = useServices();
  const chosen = useStudies((s) => s.studyInstanceUid);
  const shownName = useShownName();
  const name = useShownPatient()(patient.key, patient.patientName);
  const button = useBroughtInSight(current);
  const onShow =
    patient.studies.find((s) => s.studyInstanceUids.some((uid) => uid === chosen)) ??
    patient.studies[0];
  return (
    <li className={current ? 'patient current' : 'patient'}>
      <button
        type="button"
        ref={button}
        className="patient-name"
        aria-current={current}
        onClick={() => studies.getState().showPatient(patient.key)}
      >
        <b>
          <bdi>{name}</bdi>
        </b>
        <span>
          <bdi>{shownName(patient.patientId) || t('no Patient ID')}</bdi>
        </span>
      </button>
      <button
        type="button"
        className="quiet"
        aria-label={t('Close {patient}', { patient: name })}
        onClick={() => closePatient(patient.key)}
      >
        {t('Close')}
      </button>
      <PatientNotes patient={patient} />
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

/** Left column: what was not opened, patients, their studies and images, and what is odd about those. */
export const StudyBrowser = () => {
  const images = useStudies((s) => s.images);
  const current = useStudies((s) => s.patientKey);
  const hasFailed = useStudies((s) => s.problems.length > 0);
  return (
    <nav className="study-browser" aria-label={t('Patients and studies')}>
      <OpenButtons />
      <ServerButton />
      <OpeningProgress />
      {hasFailed ? <Problems /> : null}
      <ul className="patients">
        {groupImages(images).patients.map((patient) => (
          <Patient key={patient.key} patient={patient} current={patient.key === current} />
        ))}
      </ul>
      <LooseDocuments />
      {hasFailed ? null : <Problems />}
      <PageSettings />
    </nav>
  );
};
