import { createStore } from 'zustand/vanilla';
import {
  ageOf,
  groupImages,
  patientKeyIn,
  type PatientGroup,
  placeIn,
} from '../core/dicom/grouping.ts';
import type { MammogramHeader } from '../core/dicom/mammogram-header.ts';
import type { PixelIdentity } from '../core/image/pixel-identity.ts';
import { message, type Message } from '../core/message/message.ts';
import type { OpenImage, ScopeNote } from '../ports/analysis.ts';

export interface OpeningProgress {
  readonly done: number;
  readonly total: number;
  /** While archives are unpacked, before their files are opened. */
  readonly unpacking?: boolean;
}

/** A file that was not opened, and why. */
export interface FileProblem {
  readonly path: string;
  readonly reason: Message;
}

export interface StudiesState {
  readonly images: readonly OpenImage[];
  readonly problems: readonly FileProblem[];
  /** What is odd about files that were opened all the same. */
  readonly remarks: readonly FileProblem[];
  /** Paths of all that was picked or came out of archives: they may name a patient. */
  readonly fileNames: ReadonlySet<string>;
  readonly progress: OpeningProgress | undefined;
  readonly patientKey: string | undefined;
  /** The study on show where the reader chose one; else the patient's newest is. */
  readonly studyInstanceUid: string | undefined;

  setProgress(progress: OpeningProgress | undefined): void;
  /** Adds an image; false when its SOP Instance UID is already open (that becomes a problem). */
  add(image: OpenImage): boolean;
  /** Puts a corrected header in the place of an open image's. */
  replaceHeader(
    sopInstanceUid: string,
    header: MammogramHeader,
    scopeNotes: readonly ScopeNote[],
  ): void;
  addProblem(problem: FileProblem): void;
  addRemark(remark: FileProblem): void;
  noteFiles(paths: readonly string[]): void;
  dismissProblems(): void;
  showPatient(patientKey: string): void;
  showStudy(patientKey: string, studyInstanceUid: string): void;
  closePatient(patientKey: string): void;
}

export type StudiesStore = ReturnType<typeof createStudiesStore>;

export const openImage = (
  images: readonly OpenImage[],
  sopInstanceUid: string,
): OpenImage | undefined => images.find(({ header }) => header.sopInstanceUid === sopInstanceUid);

/** The pixels that what is said of an image now is said of. */
export const pixelsOf = (
  images: readonly OpenImage[],
  sopInstanceUid: string,
): PixelIdentity | undefined => {
  const open = openImage(images, sopInstanceUid);
  return open && { columns: open.columns, rows: open.rows, digest: open.digest };
};

export const imagesOfPatient = (
  images: readonly OpenImage[],
  patientKey: string | undefined,
): readonly OpenImage[] => {
  const patient = groupImages(images).patients.find(({ key }) => key === patientKey);
  const own = new Set(patient?.studies.flatMap((study) => study.images));
  return images.filter((image) => own.has(image));
};

/** Whether a newer exam of the patient is open than that of an open image. */
export const isOfPriorExam = (images: readonly OpenImage[], sopInstanceUid: string): boolean => {
  const place = placeIn(images, sopInstanceUid);
  return place !== undefined && ageOf(place.study, place.patient) === 'prior';
};

type OnShow = Pick<StudiesState, 'images' | 'patientKey' | 'studyInstanceUid'>;

/** The patient's studies, newest first, and which of them is on show: the one chosen, else the newest. */
const studiesOnShow = ({ images, patientKey, studyInstanceUid }: OnShow) => {
  const { patients } = groupImages(images);
  const patient: PatientGroup<OpenImage> | undefined = patients.find((p) => p.key === patientKey);
  const studies = patient?.studies ?? [];
  const chosen = studies.findIndex(
    (s) => studyInstanceUid !== undefined && s.studyInstanceUids.includes(studyInstanceUid),
  );
  return { studies, shown: Math.max(chosen, 0) };
};

/** The images of the study on show: the one chosen, else the newest of the patient. */
export const imagesOnShow = (state: OnShow): readonly OpenImage[] => {
  const { studies, shown } = studiesOnShow(state);
  return studies[shown]?.images ?? [];
};

/** The images of the newest study before the one on show; none where that is the first, or undated. */
export const priorImages = (state: OnShow): readonly OpenImage[] => {
  const { studies, shown } = studiesOnShow(state);
  const date = studies[shown]?.studyDate ?? '';
  const prior = studies.slice(shown + 1).find((s) => s.studyDate !== '' && s.studyDate < date);
  return prior?.images ?? [];
};

/** The images that are open, by header, and what could not be opened. */
export const createStudiesStore = () =>
  createStore<StudiesState>()((set, get) => ({
    images: [],
    problems: [],
    remarks: [],
    fileNames: new Set(),
    progress: undefined,
    patientKey: undefined,
    studyInstanceUid: undefined,
    setProgress: (progress) => set({ progress }),
    add: (image) => {
      const twin = get().images.find(
        (i) => i.header.sopInstanceUid === image.header.sopInstanceUid,
      );
      if (twin) {
        const { path, header } = twin;
        const reason = message('file.open-already', { path, uid: header.sopInstanceUid });
        get().addProblem({ path: image.path, reason });
        return false;
      }
      set((s) => {
        const images = [...s.images, image];
        return {
          images,
          patientKey: s.patientKey ?? patientKeyIn(images, image.header.sopInstanceUid),
        };
      });
      return true;
    },
    replaceHeader: (sopInstanceUid, header, scopeNotes) =>
      set((s) => ({
        images: s.images.map((image) =>
          image.header.sopInstanceUid === sopInstanceUid ? { ...image, header, scopeNotes } : image,
        ),
      })),
    addProblem: (problem) => set((s) => ({ problems: [...s.problems, problem] })),
    addRemark: (remark) => set((s) => ({ remarks: [...s.remarks, remark] })),
    noteFiles: (paths) => set((s) => ({ fileNames: new Set([...s.fileNames, ...paths]) })),
    dismissProblems: () => set({ problems: [], remarks: [] }),
    showPatient: (patientKey) => set({ patientKey, studyInstanceUid: undefined }),
    showStudy: (patientKey, studyInstanceUid) => set({ patientKey, studyInstanceUid }),
    closePatient: (patientKey) =>
      set((s) => {
        const closed = new Set(imagesOfPatient(s.images, patientKey));
        const images = s.images.filter((image) => !closed.has(image));
        // Whom the others are of may have another key now: that of the first image that is left.
        const next = imagesOnShow(s).find((image) => !closed.has(image)) ?? images[0];
        const key = next && patientKeyIn(images, next.header.sopInstanceUid);
        return { images, patientKey: key };
      }),
  }));
