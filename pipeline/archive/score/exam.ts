import { openOne } from '../../../src/adapters/dicom-io/pool/open-one.ts';
import { readDicom } from '../../../src/adapters/dicom-io/read/read-dicom.ts';
import { groupImages } from '../../../src/core/dicom/grouping.ts';
import type { MammogramHeader } from '../../../src/core/dicom/mammogram-header.ts';
import type { ViewCandidate } from '../../../src/core/finder/view-cues.ts';
import type { PixelIdentity } from '../../../src/core/image/pixel-identity.ts';
import type { WorkingImage } from '../../../src/core/image/working-image.ts';
import type { ReportedImage } from '../../../src/core/report/build-case-report.ts';
import { reportedImage } from '../../../src/core/report/reported-image.ts';
import { finderScope } from '../../../src/core/lesion/finder-scope.ts';
import type { Message } from '../../../src/core/message/message.ts';
import type { ImageReference } from '../ports.ts';
import type { Chain } from './chain.ts';

/** An object that was not looked at, and why. */
export interface RefusedImage {
  readonly sopInstanceUid: string;
  readonly reason: Message;
}

/** An image that was looked at. */
export interface SeenImage {
  readonly header: MammogramHeader;
  readonly reported: ReportedImage;
  readonly working: WorkingImage;
  readonly pixels: PixelIdentity;
  readonly candidates: readonly ViewCandidate[];
}

/** One exam, image by image; pixels are let go as soon as an image was looked at. */
export interface Exam {
  readonly seen: readonly SeenImage[];
  /** Images that could be read, those that are not scored included. */
  readonly read: readonly ReportedImage[];
  readonly refused: readonly RefusedImage[];
  /** Reads an object with the page's own reader and looks at it, or notes why not. */
  look(
    image: Pick<ImageReference, 'study' | 'sopInstanceUid'>,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<void>;
  refuse(sopInstanceUid: string, reason: Message): void;
}

/** `allowance`: most bytes that reading one image may take. */
export const createExam = (chain: Chain, allowance: number): Exam => {
  const seen: SeenImage[] = [];
  const read: ReportedImage[] = [];
  const refused: RefusedImage[] = [];
  const refuse = (sopInstanceUid: string, reason: Message) =>
    void refused.push({ sopInstanceUid, reason });
  return {
    seen,
    read,
    refused,
    refuse,
    look: async ({ study, sopInstanceUid }, bytes) => {
      const answer = await openOne(
        {
          path: sopInstanceUid,
          file: new File([bytes], `${sopInstanceUid}.dcm`),
          rule: chain.pack.manifest.working,
          allowance,
          expected: { studyInstanceUid: study, sopInstanceUid },
        },
        readDicom,
      );
      if (!answer.ok) return refuse(sopInstanceUid, answer.failure.reason);
      const { header, image, working, digest } = answer.opened;
      const reported = reportedImage(header, image, undefined, digest);
      read.push(reported);
      const scope = finderScope(reported.warnings);
      if (!scope.looks) return refuse(sopInstanceUid, scope.reason);
      const { columns, rows } = image;
      const candidates = await chain.candidates(working, header.view.value ?? '', image);
      const pixels = { columns, rows, digest };
      seen.push({ header, reported, working, pixels, candidates });
    },
  };
};

/** How many people the images are of; an exam is of one. */
export const countPatients = ({ read }: Exam): number =>
  groupImages(read.map(({ header }) => ({ header }))).patients.length;
