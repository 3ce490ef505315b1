import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createExamReadingsStore } from '../../state/exam-readings-store.ts';
import { createForeignStore } from '../../state/foreign-store.ts';
import { createKeyImagesStore } from '../../state/key-images-store.ts';
import { createLesionsStore } from '../../state/lesions-store.ts';
import { createNoticesStore } from '../../state/notices-store.ts';
import { createStudiesStore } from '../../state/studies-store.ts';
import { createTakeOverStore } from '../../state/take-over-store.ts';
import { newUuid } from '../new-uuid.ts';
import { createReportLedger } from '../report-ledger.ts';
import { takeOutReports } from './exports-recognise.ts';
import { createReopener } from './exports-reopen.ts';

const folder = new URL('../../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present)
  console.warn(`SKIPPED: ${folder.pathname} is absent; foreign reports were not opened.`);

const entryOf = (path: string) => {
  const bytes = readFileSync(new URL(`${path}.dcm`, folder));
  return { path, file: new File([bytes as unknown as BlobPart], path) };
};

const open = async (...paths: readonly string[]) => {
  const [studies, lesions, foreign] = [
    createStudiesStore(),
    createLesionsStore(newUuid),
    createForeignStore(),
  ];
  const reopener = createReopener({
    keptLesions: async () => [],
    ...{ studies, lesions, notices: createNoticesStore(), scoring: undefined },
    ...{ ledger: createReportLedger(), pack: undefined, examReadings: createExamReadingsStore() },
    keyImages: createKeyImagesStore(newUuid),
    isHidden: () => false,
    takeOvers: createTakeOverStore(),
    spacingOf: () => undefined,
    restoreImage: () => undefined,
    takeForeign: ({ document }) => foreign.getState().add(document),
  });
  const { images, reports } = await takeOutReports(paths.map(entryOf));
  await reopener.readReports(reports);
  return { images, lesions, foreign, studies };
};

describe.skipIf(!present)('files of other programs beside the images', () => {
  it('never become the reader’s lesions, and count once', async () => {
    const cad = ['S/cad-foreign', 'S/cad-center-only', 'S/cad-jp'];
    const { images, lesions, foreign, studies } = await open('S/RCC', ...cad, 'S/gsps', ...cad);
    expect(images.map(({ path }) => path)).toEqual(['S/RCC']);
    expect(lesions.getState().lesions).toEqual([]);
    expect(foreign.getState().documents.map(({ path }) => path)).toEqual([...cad, 'S/gsps']);
    const { problems, remarks } = studies.getState();
    expect(problems).toEqual([]);
    expect(remarks.map(({ path, reason }) => [path, reason.code])).toEqual(
      cad.map((path) => [path, 'foreign.twice']),
    );
  });

  it('are no problems where they are key objects, dose or a letter', async () => {
    const { images, foreign, studies } = await open('G6-ko', 'G6-dose', 'G6-pdf');
    expect([images, studies.getState().problems]).toEqual([[], []]);
    expect(foreign.getState().documents).toHaveLength(3);
  });
});
