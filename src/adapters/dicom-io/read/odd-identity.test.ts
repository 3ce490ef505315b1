import { message } from '../../../core/message/message.ts';
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { groupImages } from '../../../core/dicom/grouping.ts';
import { hang } from '../../../core/display/hanging/hang.ts';
import type { MammogramHeader } from '../../../core/dicom/mammogram-header.ts';
import { outOfScopeReasons } from '../../../core/lesion/scope.ts';
import { openQuestions } from '../../../core/dicom/view-doubts.ts';
import { viewLabel } from '../../../core/dicom/view-label.ts';
import type { MammogramImage } from '../../../core/image/mammogram-image.ts';
import { calibrationOf } from '../../../core/display/measure/calibration.ts';
import { openOne } from '../pool/open-one.ts';
import { readDicom } from './read-dicom.ts';
import { placeOf } from '../../../core/dicom/hanging-place.ts';
import { displayOrientation } from '../../../core/dicom/display-orientation.ts';

const DEFAULT_RULE = {
  mmPerPixel: 0.2,
  rowsWithoutSpacing: 1360,
  lowPercentile: 2,
  highPercentile: 99.5,
};

const folder = new URL('../../../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: ${folder.pathname} is absent; the odd files were not read.`);

/** As the page opens it: header with what the picture says, and image; or the reason why not. */
const open = async (path: string) => {
  const file = new File([readFileSync(new URL(path, folder))], path);
  const answer = await openOne({ path, file, rule: DEFAULT_RULE, allowance: Infinity }, readDicom);
  if (!answer.ok) return { reason: answer.failure.reason };
  const { header, image } = answer.opened;
  return { header, image };
};
const opened = async (
  path: string,
): Promise<{ header: MammogramHeader; image: MammogramImage }> => {
  const answer = await open(path);
  if (!('header' in answer)) throw new Error(answer.reason?.code);
  return answer as { header: MammogramHeader; image: MammogramImage };
};
const codes = ({ header, image }: { header: MammogramHeader; image: MammogramImage }) =>
  outOfScopeReasons(header, image).map((r) => `${r.severity} ${r.code}`);
const all = (...paths: string[]) => Promise.all(paths.map(opened));

describe.skipIf(!present)('odd files: whose picture', () => {
  it('C1: two women with Patient ID 1 are two, and the list says why', async () => {
    const views = ['RCC', 'LCC', 'RMLO', 'LMLO'];
    const { patients } = groupImages(
      await all(...['a', 'b'].flatMap((who) => views.map((view) => `C1/${who}-${view}.dcm`))),
    );
    expect(
      patients.map((p) => [p.patientName, p.studies.length, p.studies[0]?.images.length]),
    ).toEqual([
      ['DOE, MARY', 1, 4],
      ['SMITH, JANE', 1, 4],
    ]);
    for (const { apartFrom } of patients)
      expect(apartFrom[0]?.differs).toEqual(['issuer', 'name', 'birth date']);
  });

  it('C4: one exam under two study UIDs is one exam', async () => {
    const { patients } = groupImages(
      await all('C4/RCC.dcm', 'C4/LCC.dcm', 'C4/RMLO.dcm', 'C4/LMLO.dcm'),
    );
    expect(patients).toHaveLength(1);
    const [exam, ...others] = patients[0]?.studies ?? [];
    expect(others).toEqual([]);
    expect(exam?.studyInstanceUids).toHaveLength(2);
    const { places } = hang(exam?.images ?? []);
    expect(Object.values(places).map((images) => images.length)).toEqual([1, 1, 1, 1]);
  });

  it('names and IDs come without characters that are not seen', async () => {
    const [override] = await all('attack/rtl-override-name.dcm');
    expect([override?.header.patientName, override?.header.patientId]).toEqual([
      'DOE, JANE',
      '123456',
    ]);
    expect(override?.header.studyDescription).toBe('Left');
    const [zeroWidth] = await all('attack/zero-width-id.dcm');
    expect([zeroWidth?.header.patientName, zeroWidth?.header.patientId]).toEqual([
      'DOE, JANE',
      '123456',
    ]);
    expect(zeroWidth?.header.unseenCharacters).toBe(true);
  });
});

describe.skipIf(!present)('odd files: which side and view', () => {
  it.each([
    ['D4-21.dcm', 'RLAT', 'RMLO'],
    ['D4-04.dcm', 'RCC', 'RCC'],
    ['D4-10.dcm', 'RCC', 'RCC'],
    ['D4-14.dcm', 'RCC ID', 'RCC'],
    ['D3.dcm', 'RMLO', 'RMLO'],
    ['G20.dcm', 'RMLO', 'RMLO'],
    ['G1.dcm', 'RCC SYN', 'RCC'],
  ])('%s is %s', async (path, label, place) => {
    const { header } = await opened(path);
    expect([viewLabel(header), placeOf(header)]).toEqual([label, place]);
  });

  it.each([
    ['D1.dcm', ['ImageLaterality L', 'PatientOrientation R', 'SeriesDescription R']],
    ['D1c.dcm', ['ImageLaterality R', 'Laterality L']],
  ])('%s: the conflict is shown, nothing turned, nothing scored', async (path, claims) => {
    const image = await opened(path);
    const { side } = openQuestions(image.header);
    expect(side.map(({ source, value }) => `${source} ${value}`)).toEqual(claims);
    expect(displayOrientation(image.header).source).toBe('none');
    expect(placeOf(image.header)).toBeUndefined();
    expect(codes(image)).toContain('blocks side-conflict');
  });

  it.each(['D9.dcm', 'D9b.dcm'])('%s: the picture itself raises the doubt', async (path) => {
    const image = await opened(path);
    expect(openQuestions(image.header).picture).toBe('mirrored');
    expect(displayOrientation(image.header).source).toBe('none');
    expect(codes(image)).toContain('blocks picture-conflict');
  });
});

describe.skipIf(!present)('odd files: what kind of picture', () => {
  it('D5: the low-energy image is the mammogram, the recombined one stands behind and has no score', async () => {
    const images = await all('D5/RCC-RC.dcm', 'D5/RCC-LE.dcm', 'D5/RMLO-RC.dcm', 'D5/RMLO-LE.dcm');
    const { places } = hang(images);
    expect(places.RCC.map(({ header }) => viewLabel(header))).toEqual(['RCC LE', 'RCC RC']);
    expect(places.RMLO.map(({ header }) => viewLabel(header))).toEqual(['RMLO LE', 'RMLO RC']);
    expect(images.map((image) => codes(image).filter((c) => c.startsWith('blocks')))).toEqual([
      ['blocks recombined'],
      [],
      ['blocks recombined'],
      [],
    ]);
  });

  it('D6: the synthesized view is labelled and stands behind', async () => {
    const images = await all('D6/RCC-CV.dcm', 'D6/RCC-2D.dcm');
    expect(hang(images).places.RCC.map(({ header }) => viewLabel(header))).toEqual([
      'RCC',
      'RCC SYN',
    ]);
    expect(codes(images[0] as (typeof images)[number])).toContain('warns synthesized');
  });

  it('D7: a stereotactic exposure is named', async () => {
    expect(codes(await opened('D7.dcm'))).toContain('warns stereotactic');
  });

  it('G18: text in the picture is known, and no matter of the score', async () => {
    const image = await opened('G18.dcm');
    expect(image.header.burnedInAnnotation).toBe(true);
    expect(codes(image).join()).not.toContain('burned');
  });

  it.each([
    ['G3.dcm', 'file.placeholder'],
    ['G21-mask.dcm', 'file.mask'],
    ['G4-0.dcm', 'file.tomosynthesis.slice'],
  ])('%s is named and not hung', async (path, code) => {
    expect(await open(path)).toMatchObject({ reason: { code } });
  });
});

describe.skipIf(!present)('odd files: how large', () => {
  it('F1: 60 mm at the detector are 32.7 mm by the distances', async () => {
    const calibration = calibrationOf((await opened('F1.dcm')).image);
    expect(calibration).toMatchObject({ kind: 'magnification', from: 'distances' });
    expect((60 / 0.2) * calibration.column).toBeCloseTo(32.7, 1);
    expect(codes(await opened('F1.dcm'))).toContain('warns magnification');
  });

  it('F2b: a factor of 106 is refused, and said', async () => {
    const image = await opened('F2b.dcm');
    expect(image.image.magnification).toBeCloseTo(1.056, 3);
    expect(outOfScopeReasons(image.header, image.image).map((r) => r.text)).toContainEqual(
      message('scope.impossible-magnification', { factor: '106' }),
    );
  });

  it('F5: the spacing of a scanned film is used, and named', async () => {
    const { image } = await opened('F5.dcm');
    expect(image).toMatchObject({
      spacing: { row: 0.2, column: 0.2 },
      spacingSource: 'NominalScannedPixelSpacing',
    });
  });
});

const cases = new URL('../../../../../shared/cases/', import.meta.url);
const demo = new URL('../../../../public/demo/', import.meta.url);
const real = [
  '00001_L',
  '00009_R',
  '00018_R',
  '00021_L',
  '00023_R',
  '00034_R',
  '00041_L',
  '00061_R',
]
  .flatMap((name) => ['CC', 'MLO'].map((view) => `cbis-${name}_1/${name.slice(-1)}${view}.dcm`))
  .concat(['LCC', 'LMLO', 'RCC', 'RMLO'].map((view) => `ffdm-4view/${view}.dcm`))
  .map((path) => new URL(path, cases));
const synthetic = ['1', '2', '3', '3-prior']
  .flatMap((name) => ['LCC', 'LMLO', 'RCC', 'RMLO'].map((view) => `demo-${name}-${view}.dcm`))
  .map((path) => new URL(path, demo));

describe('pictures that are what their files say', () => {
  let urls: readonly URL[] = [];
  beforeAll(() => {
    if (!existsSync(cases)) console.warn(`SKIPPED: ${cases.pathname} is absent.`);
    urls = [...(existsSync(cases) ? real : []), ...synthetic];
  });

  it('raise no doubt, and their chest walls are found', async () => {
    for (const url of urls) {
      const file = new File([readFileSync(url)], url.pathname);
      const answer = await openOne(
        { path: url.pathname, file, rule: DEFAULT_RULE, allowance: Infinity },
        readDicom,
      );
      if (!answer.ok) throw new Error(answer.failure.reason.code);
      const { header } = answer.opened;
      expect(openQuestions(header), url.pathname).toEqual({
        side: [],
        view: [],
        picture: undefined,
      });
      const wall = header.patientOrientation?.[0].startsWith('A') ? 'left' : 'right';
      expect(header.picture?.chestWall, url.pathname).toBe(wall);
    }
  }, 900_000);
});
