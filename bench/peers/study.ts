import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dcmjs from 'dcmjs';
import { readDicom } from '../../src/adapters/dicom-io/read/read-dicom.ts';
import { EXPLICIT } from '../../src/adapters/dicom-io/fixtures/build-dicom.ts';
import { CACHE, ROOT } from '../lib/paths.ts';

/** The views of the synthetic patient that is opened everywhere, in the order in which they hang. */
export const VIEWS = ['R CC', 'L CC', 'R MLO', 'L MLO'] as const;

const demoFile = (view: string) => join(ROOT, 'public/demo', `demo-1-${view.replace(' ', '')}.dcm`);

/** The files as they ship: JPEG-LS, with VOI LUT Function (0028,1056) LINEAR. */
export const asShipped = (): string[] => VIEWS.map(demoFile);

const plainCopy = async (from: string, to: string) => {
  const bytes = new Uint8Array(readFileSync(from));
  const read = await readDicom(bytes, from);
  if (!read.ok) throw new Error(`${from} cannot be read`);
  const { pixels } = read.value.image;
  const file = dcmjs.data.DicomMessage.readFile(bytes.slice().buffer);
  delete file.dict['00281056'];
  file.meta['00020010'] = { vr: 'UI', Value: [EXPLICIT] };
  file.dict['7FE00010'] = { vr: 'OW', Value: [Uint16Array.from(pixels).buffer] };
  writeFileSync(to, new Uint8Array(file.write()));
};

/**
 * The same images such that every viewer can show them: uncompressed, and without VOI LUT Function,
 * whose absence means LINEAR too (PS3.3 C.11.2.1.3).
 */
export const plainStudy = async (): Promise<string[]> => {
  const files: string[] = [];
  for (const view of VIEWS) {
    const to = join(CACHE, 'files', `peers-${view.replace(' ', '')}.dcm`);
    if (!existsSync(to)) await plainCopy(demoFile(view), to);
    files.push(to);
  }
  return files;
};
