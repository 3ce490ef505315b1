import {
  readDicomReport,
  writeCadSr,
  writeMeasurementReport,
  writePresentationStates,
} from '../../../src/adapters/dicom-sr/index.ts';
import { countingUuids, valueOf } from '../../../src/adapters/dicom-sr/testing/written.ts';
import { formatCsv } from '../../../src/core/report/report-csv.ts';
import { formatCaseReport } from '../../../src/core/report/report-json.ts';
import { restoreJson } from '../../../src/core/report/restore-report.ts';
import { toLesions, type RestoredCase } from '../../../src/core/report/restored.ts';
import { sampleReport } from '../../../src/core/report/testing/sample-report.ts';
import type { Message } from '../../../src/core/message/message.ts';
import type { Result } from '../../../src/core/message/result.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { createDice, type Dice } from '../dice.ts';
import { accepted, oneFile, onlyFile, refused, type Answer, type Kind } from '../kind.ts';
import { mutateBytes, mutateRepeatedly } from '../mutate-bytes.ts';
import { mutateDicom } from '../mutate-dicom.ts';
import { mutateJson } from '../mutate-json.ts';

/** What the page does with a report that came back: marks for the store, and a table of it. */
const use = (restored: RestoredCase): void => {
  const lesions = toLesions(restored, 'patient:1', () => 'new');
  for (const { marks } of lesions)
    for (const box of Object.values(marks))
      if (!Object.values(box).every(Number.isFinite)) throw new Error('a mark without a place');
  if (restored.report) formatCsv([restored.report]);
};

const answerOf = (restored: Result<RestoredCase, Message>): Answer => {
  if (!restored.ok) return refused(sayIn('en', restored.error));
  use(restored.value);
  return accepted;
};

const text = formatCaseReport(sampleReport());

const hostileText = (dice: Dice): Uint8Array => {
  const bytes = new TextEncoder().encode(dice.chance(0.7) ? mutateJson(text, dice) : text);
  return dice.chance(0.4) ? mutateRepeatedly(bytes, dice, mutateBytes) : bytes;
};

/** JSON reports of this program. */
export const json: Kind = {
  make: (seed, index) => oneFile('hostile.json', hostileText(createDice(seed, index))),
  run: async (input) => answerOf(restoreJson(new TextDecoder().decode(onlyFile(input)[1]))),
};

const written = (report = sampleReport()): Uint8Array[] => {
  const states = valueOf(writePresentationStates(report, countingUuids()));
  return [
    valueOf(writeCadSr(report, countingUuids())),
    valueOf(writeMeasurementReport(report, countingUuids())),
    ...states,
  ].map((object) => object.bytes);
};
const objects = written();

/** CAD reports, measurement reports and presentation states as this program writes them. */
export const sr: Kind = {
  make: (seed, index) => {
    const dice = createDice(seed, index);
    return oneFile('hostile.dcm', mutateRepeatedly(dice.pick(objects), dice, mutateDicom));
  },
  run: async (input) => answerOf(readDicomReport(onlyFile(input)[1])),
};
