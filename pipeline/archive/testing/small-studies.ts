import { mammogramFile, type Field } from '../../../src/adapters/dicom-io/fixtures/build-dicom.ts';

export interface SmallImage {
  readonly sopInstanceUid: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
export interface SmallStudy {
  readonly study: string;
  readonly patientName: string;
  readonly images: readonly SmallImage[];
}

const ROOT = '1.2.826.0.1.3680043.2.77.22';
const SIZE = { width: 340, height: 680 };

/** A grey half ellipse on black with a bright cone of 48 pixels' radius, which the tiny finder marks. */
const picture = (x: number, y: number, peak: number): Uint8Array => {
  const { width, height } = SIZE;
  const data = new Uint8Array(width * height);
  for (let v = 0; v < height; v++)
    for (let u = 0; u < width; u++) {
      if ((u / 320) ** 2 + ((v - 340) / 320) ** 2 > 1) continue;
      const near = Math.min(Math.hypot(u - x, v - y), 48);
      data[v * width + u] = Math.max(90 + ((u + v) % 10), peak * (1 - near / 48));
    }
  return data;
};

const image = (
  study: string,
  n: number,
  view: 'CC' | 'MLO',
  name: string,
  changes: Readonly<Record<string, Field>>,
): SmallImage => {
  const place = view === 'CC' ? 1 : 2;
  const sopInstanceUid = `${study}.${place}.1`;
  const fields: Record<string, Field> = {
    '00080018': ['UI', sopInstanceUid],
    '00080020': ['DA', `2025${String(1 + (n % 12)).padStart(2, '0')}15`],
    '00080060': ['CS', 'MG'],
    '00100010': ['PN', name],
    '00100020': ['LO', `SECRET-${n}`],
    '00185101': ['CS', view],
    '00200062': ['CS', 'L'],
    '0020000d': ['UI', study],
    '0020000e': ['UI', `${study}.${place}`],
    '00280010': ['US', [SIZE.height]],
    '00280011': ['US', [SIZE.width]],
    '00280100': ['US', [8]],
    '00280101': ['US', [8]],
    '00280102': ['US', [7]],
    '7fe00010': ['OB', picture(90 + 5 * (n % 9), 280 + 10 * (n % 7) + 20 * place, 215 + (n % 40))],
    ...changes,
  };
  return { sopInstanceUid, bytes: mammogramFile(fields).slice() };
};

/** A study of one breast in two views, no two alike; `n` from 0. The names must turn up nowhere. */
export const smallStudy = (
  n: number,
  changes: Readonly<Record<string, Field>> = {},
): SmallStudy => {
  const study = `${ROOT}.${n + 1}`;
  const patientName = `Hiddenname^Number${n}`;
  return {
    study,
    patientName,
    images: (['CC', 'MLO'] as const).map((view) => image(study, n, view, patientName, changes)),
  };
};

/** An exam whose device began a new study in the middle of it: CC in `study`, MLO in `other`. */
export const splitExam = (n: number): SmallStudy & { readonly other: string } => {
  const whole = smallStudy(n);
  const other = `${whole.study}.9`;
  const [, mlo] = smallStudy(n, { '0020000d': ['UI', other] }).images;
  return { ...whole, other, images: [...whole.images.slice(0, 1), ...(mlo ? [mlo] : [])] };
};

/** One whose files hold fewer pixels than they claim. */
export const brokenStudy = (n: number): SmallStudy =>
  smallStudy(n, { '00280010': ['US', [10 * SIZE.height]] });
