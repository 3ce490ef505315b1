import { spawnSync } from 'node:child_process';
import { existsSync, openAsBlob, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dicomFile } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import {
  encapsulateFrames,
  volumeItem,
} from '../../src/adapters/dicom-io/fixtures/build-volume.ts';
import { frameEncoder } from '../../src/adapters/dicom-io/fixtures/encode-frames.ts';
import { readStack } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { bytesOfParts } from '../../src/adapters/dicom-io/stack/decode-slice.ts';
import { type Matrix, paint, undefinedLength } from './dicom-files.ts';
import { CACHE } from './paths.ts';

export const VOLUME_CODINGS = ['uncompressed', 'JPEG Lossless', 'JPEG 2000', 'HTJ2K'] as const;
export type VolumeCoding = (typeof VOLUME_CODINGS)[number];

export interface Volume extends Matrix {
  readonly frames: number;
}

/** Slices that differ; the volume goes through them again and again. */
const DIFFERENT = 4;

const SYNTAXES = {
  'JPEG Lossless': '1.2.840.10008.1.2.4.70',
  'JPEG 2000': '1.2.840.10008.1.2.4.90',
  HTJ2K: '1.2.840.10008.1.2.4.201',
} as const;

const itemOf = ({ rows, columns, frames }: Volume, uid: string) =>
  volumeItem(
    { rows, columns, frames },
    {
      '00080018': ['UI', `2.25.${uid}1`],
      '0020000d': ['UI', `2.25.${uid}2`],
      '00100010': ['PN', 'SYNTHETIC^BENCH'],
      '00281050': ['DS', '1300'],
      '00281051': ['DS', '2600'],
      '7fe00010': undefined,
    },
  );

const wordsOf = (slices: readonly Uint16Array[]): Uint8Array =>
  Buffer.concat(slices.map((slice) => new Uint8Array(slice.buffer)));

/** The slices as JPEG Lossless streams, by dcmtk, which has the encoder. */
const encodeJpeg = async (file: string, volume: Volume, slices: readonly Uint16Array[]) => {
  const few = { ...volume, frames: slices.length };
  writeFileSync(
    `${file}.raw`,
    dicomFile({ ...itemOf(few, '1'), '7fe00010': ['OW', wordsOf(slices)] }),
  );
  const { status } = spawnSync('dcmcjpeg', ['+e1', `${file}.raw`, `${file}.jpg`]);
  if (status !== 0) throw new Error('dcmcjpeg (Debian package dcmtk) is needed for JPEG Lossless');
  const read = await readStack.volume(await openAsBlob(`${file}.jpg`), { allowance: 2 ** 30 });
  if (!read?.ok) throw new Error('what dcmcjpeg wrote cannot be read');
  const { stack } = read.value;
  return Promise.all(stack.frames.map((parts) => bytesOfParts(stack.file, parts)));
};

const encode = async (
  file: string,
  volume: Volume,
  coding: Exclude<VolumeCoding, 'uncompressed'>,
  slices: readonly Uint16Array[],
): Promise<readonly Uint8Array[]> => {
  if (coding === 'JPEG Lossless') return encodeJpeg(file, volume, slices);
  const encodeFrame = await frameEncoder(coding === 'HTJ2K' ? 'openjph' : 'openjpeg');
  return slices.map((slice) => encodeFrame(slice, volume.columns, volume.rows));
};

/** Path of a synthetic volume, written to the cache on first use. Throws where an encoder is missing. */
export const syntheticVolume = async (volume: Volume, coding: VolumeCoding): Promise<string> => {
  const name = `volume-${coding.toLowerCase().replaceAll(' ', '-')}-${volume.rows}-${volume.frames}`;
  const file = join(CACHE, 'files', `${name}.dcm`);
  if (existsSync(file)) return file;
  const slices = Array.from({ length: DIFFERENT }, (_, i) => paint(volume, 'L', i + 1));
  const repeated = <T>(of: readonly T[]): readonly T[] =>
    Array.from({ length: volume.frames }, (_, i) => of[i % of.length] as T);
  const uid = `${VOLUME_CODINGS.indexOf(coding) + 1}${volume.rows}${volume.frames}`;
  const item = itemOf(volume, uid);
  const bytes =
    coding === 'uncompressed'
      ? dicomFile({ ...item, '7fe00010': ['OW', wordsOf(repeated(slices))] })
      : undefinedLength(
          dicomFile(
            {
              ...item,
              '7fe00010': [
                'OB',
                encapsulateFrames(repeated(await encode(file, volume, coding, slices))),
              ],
            },
            SYNTAXES[coding],
          ),
        );
  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
  return file;
};
