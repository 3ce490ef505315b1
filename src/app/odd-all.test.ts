import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { archiveKind, ARCHIVE_START, unpackFirst } from '../adapters/archive/archive-entry.ts';
import { ARCHIVE_LIMITS } from '../adapters/archive/archive-limits.ts';
import { unpackArchives } from '../adapters/archive/unpack.ts';
import { arrangeDisc } from '../adapters/dicom-io/intake/arrange-disc.ts';
import type { FileEntry } from '../adapters/dicom-io/intake/collect-entries.ts';
import { openOne } from '../adapters/dicom-io/pool/open-one.ts';
import { readDicom, readStack } from '../adapters/dicom-io/read/read-dicom.ts';
import { viewLabel } from '../core/dicom/view-label.ts';
import { readReport, takeOutReports } from './reporting/exports-recognise.ts';

const folder = new URL('../../../shared/odd/', import.meta.url);
const present = existsSync(folder);
if (!present) console.warn(`SKIPPED: ${folder.pathname} is absent; its files were not all opened.`);

const files = present
  ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path !== 'README.md' && statSync(new URL(path, folder)).isFile())
      .sort()
  : [];

const rule = { mmPerPixel: 0.2, rowsWithoutSpacing: 1360, lowPercentile: 2, highPercentile: 99.5 };

/** What becomes of a picture: what it is labelled with, and what is said of its file; or the reason. */
const pictureOf = async ({ path, ...entry }: FileEntry): Promise<string> => {
  if ('problem' in entry) return entry.problem.code;
  const { file } = entry;
  const answer = await openOne({ path, file, rule, allowance: 2 ** 30 }, readDicom, readStack);
  if (!answer.ok) return answer.failure.reason.code;
  const { header, remarks, overlays } = answer.opened;
  const planes = overlays.length > 0 ? [`${overlays.length} planes`] : [];
  return [viewLabel(header), ...remarks.map(({ code }) => code), ...planes].join(', ');
};

const documentOf = async (entry: Parameters<typeof readReport>[0]): Promise<string> => {
  const read = await readReport(entry);
  if (!read.ok) return read.error.code;
  return read.value.by === 'us' ? 'ours' : read.value.document.content.kind;
};

const entriesOf = async (path: string, file: File): Promise<readonly FileEntry[]> => {
  const found: FileEntry[] = [];
  await unpackArchives([{ path, file }], {
    limits: ARCHIVE_LIMITS,
    onEntry: (entry) => void found.push(entry),
    onProgress: () => undefined,
  });
  const { entries, problems } = await arrangeDisc(found);
  return [...entries, ...problems.map(({ path: at, reason }) => ({ path: at, problem: reason }))];
};

/** Equal outcomes once, with how many there are. */
const counted = (all: readonly string[]): string =>
  [...new Set(all)]
    .map((one) => `${all.filter((each) => each === one).length} x ${one}`)
    .join('; ');

/** The way of a file into the page: unpacked, taken for a report, or opened as a picture. */
const outcomeOf = async (path: string): Promise<string> => {
  const name = path.replace(/^.*\//, '');
  const file = new File([readFileSync(new URL(path, folder))], name);
  const start = new Uint8Array(await file.slice(0, ARCHIVE_START).arrayBuffer());
  const refused = unpackFirst(name, start);
  if (refused) return refused.code;
  const isArchive = archiveKind(name, start) !== undefined;
  const entries = isArchive ? await entriesOf(path, file) : [{ path, file }];
  const { images, reports } = await takeOutReports(entries);
  const outcomes = [];
  for (const entry of reports) outcomes.push(await documentOf(entry));
  for (const entry of images) outcomes.push(await pictureOf(entry));
  return isArchive ? counted(outcomes) : outcomes.join('; ');
};

/**
 * What the page makes of each file of shared/odd, by its README: a picture's label with what is said of its
 * file, the kind of a document, or the code of the reason. Pixels, names and doubts are held by the tests of
 * each kind.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  'A01.dcm': 'LCC',
  'A02.dcm': 'LCC',
  'A04.dcm': 'LCC, remark.mislabelled',
  'A05.dcm': 'LCC, remark.mislabelled',
  'A06.dcm': 'LCC',
  'A12.dcm': 'LCC, remark.second-file',
  'A13.dcm': 'LCC',
  'A15.dcm': 'LCC',
  'A16.dcm': 'LCC',
  'A17.dcm': 'LCC',
  'A20.dcm': 'LCC',
  'A21b.dcm': 'LCC, remark.mislabelled',
  'A22.dcm': 'LCC',
  'B-chrH32.dcm': 'LCC',
  'B-chrKoreanMulti.dcm': 'LCC',
  'B-greek2022.dcm': 'LCC',
  'B-misspelt.dcm': 'LCC',
  'B-utf8-none.dcm': 'LCC',
  'C1/a-LCC.dcm': 'LCC',
  'C1/a-LMLO.dcm': 'LMLO',
  'C1/a-RCC.dcm': 'RCC',
  'C1/a-RMLO.dcm': 'RMLO',
  'C1/b-LCC.dcm': 'LCC',
  'C1/b-LMLO.dcm': 'LMLO',
  'C1/b-RCC.dcm': 'RCC',
  'C1/b-RMLO.dcm': 'RMLO',
  'C4/LCC.dcm': 'LCC',
  'C4/LMLO.dcm': 'LMLO',
  'C4/RCC.dcm': 'RCC',
  'C4/RMLO.dcm': 'RMLO',
  'D1.dcm': 'L/R? CC',
  'D1c.dcm': 'R/L? CC',
  'D3.dcm': 'RMLO',
  'D4-04.dcm': 'RCC',
  'D4-10.dcm': 'RCC',
  'D4-14.dcm': 'RCC ID',
  'D4-21.dcm': 'RLAT',
  'D5/RCC-LE.dcm': 'RCC LE',
  'D5/RCC-RC.dcm': 'RCC RC',
  'D5/RMLO-LE.dcm': 'RMLO LE',
  'D5/RMLO-RC.dcm': 'RMLO RC',
  'D6/RCC-2D.dcm': 'RCC',
  'D6/RCC-CV.dcm': 'RCC SYN',
  'D7.dcm': 'RCC STEREO',
  'D9.dcm': 'LCC',
  'D9b.dcm': 'LCC',
  'E1.dcm': 'LCC',
  'E11b.dcm': 'LCC',
  'E6c.dcm': 'LCC',
  'E8b.dcm': 'LCC',
  'F1.dcm': 'RCC',
  'F2b.dcm': 'RCC',
  'F5.dcm': 'RCC',
  'G1.dcm': 'RCC SYN',
  'G16.dcm': 'LCC, 1 planes',
  'G18.dcm': 'LCC',
  'G2.dcm': 'RCC TOMO',
  'G20.dcm': 'RMLO',
  'G21-mask.dcm': 'file.mask',
  'G3.dcm': 'file.placeholder',
  'G4-0.dcm': 'file.tomosynthesis.slice',
  'G5.dcm': 'RCC',
  'G6-dose.dcm': 'report',
  'G6-ko.dcm': 'key objects',
  'G6-pdf.dcm': 'document',
  'I10.dcm': 'RCC, remark.preset-flat',
  'S/LCC.dcm': 'LCC',
  'S/LMLO.dcm': 'LMLO',
  'S/RCC.dcm': 'RCC',
  'S/RMLO.dcm': 'RMLO',
  'S/cad-center-only.dcm': 'cad',
  'S/cad-foreign.dcm': 'cad',
  'S/cad-jp.dcm': 'cad',
  'S/gsps.dcm': 'presentation',
  'U1-half.dcm': 'RCC',
  'a.7z': 'archive.other-kind',
  'a.rar': 'archive.other-kind',
  'attack/local-data-outside-box.json': 'report.foreign',
  'attack/rtl-override-name.dcm': 'LCC',
  'attack/same-uid-smaller.dcm': 'LCC',
  'attack/truncated-htj2k-lossless-u12.dcm': 'file.damaged-pixel-data.incomplete',
  'attack/truncated-jpeg-lossless-sv1-u16.dcm': 'file.damaged-pixel-data.incomplete',
  'attack/uid-reuse-A.dcm': 'LCC',
  'attack/uid-reuse-A2-other-pixels.dcm': 'LCC',
  'attack/zero-width-id.dcm': 'LCC',
  'disc.tar': '1 x RCC; 1 x LCC; 1 x RMLO; 1 x LMLO',
  'disc.tar.gz': '1 x RCC; 1 x LCC; 1 x RMLO; 1 x LMLO',
  'discext.zip': '1 x RCC; 1 x LCC; 1 x RMLO; 1 x LMLO',
};

/** Opened elsewhere already, and slow: the test that does. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'attack/aspect4.dcm': 'odd-attack.test.ts',
  'attack/blank100Mpx.dcm': 'odd-attack.test.ts',
  'attack/multipart-bomb.gz': 'odd-attack.test.ts',
  'attack/floor64.zip': '../adapters/archive/odd-archives.test.ts',
};

describe.skipIf(!present)('every odd file goes into the page as it should', () => {
  it('and each is in this list', () => {
    expect([...Object.keys(EXPECTED), ...Object.keys(ELSEWHERE)].sort()).toEqual(files);
  });

  it.each(Object.entries(ELSEWHERE))('%s is opened by %s', (path, test) => {
    const name = path.replace(/^.*\//, '');
    expect(readFileSync(new URL(test, import.meta.url), 'utf8')).toContain(name);
  });

  it.each(files.filter((path) => !(path in ELSEWHERE)))(
    '%s',
    { timeout: 300_000 },
    async (path) => {
      expect(await outcomeOf(path)).toBe(EXPECTED[path]);
    },
  );
});
