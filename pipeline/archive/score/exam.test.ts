import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCadSr } from '../../../src/adapters/dicom-sr/index.ts';
import { sampleSite } from '../../../src/core/classifier/testing/sample-site.ts';
import { message } from '../../../src/core/message/message.ts';
import type { FinderFile } from '../../../src/core/pack/finder-file.ts';
import type { CaseReport } from '../../../src/core/report/case-report.ts';
import { asAssumed } from '../../../src/core/report/prevalence.ts';
import { sayIn } from '../../../src/i18n/say.ts';
import { readPack } from '../../pack/read-pack.ts';
import { brokenStudy, smallStudy, splitExam } from '../testing/small-studies.ts';
import { makeTinyPack } from '../testing/tiny-pack.ts';
import { openChain, type Chain } from './chain.ts';
import { countPatients, createExam } from './exam.ts';
import { examReport } from './report.ts';

const UNREAD = '1.2.826.0.1.3680043.2.77.9';

/** The CAD SR of a report as the text that its elements hold. */
const writtenText = (report: CaseReport): string => {
  const written = writeCadSr(report, { newUuid: () => randomUUID() });
  if (!written.ok) throw new Error(sayIn('en', written.error));
  return Buffer.from(written.value.bytes).toString('utf8');
};

const folder = mkdtempSync(join(tmpdir(), 'tandem-exam-'));
const ALLOWANCE = 2 ** 30;
let chain: Chain;

beforeAll(async () => {
  const pack = readPack(await makeTinyPack(folder));
  if (!pack.ok) throw new Error(pack.error);
  chain = await openChain(pack.value);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('an exam', () => {
  it('is looked at, linked over both views and scored', async () => {
    const { study, images } = smallStudy(3);
    const exam = createExam(chain, ALLOWANCE);
    for (const { sopInstanceUid, bytes } of images)
      await exam.look({ study, sopInstanceUid }, bytes);
    expect(exam.refused).toEqual([]);
    expect(countPatients(exam)).toBe(1);
    const report = await examReport(chain, exam, { sha256: 'a'.repeat(64) });
    const [lesion] = report.lesions;
    expect(lesion?.marks.map(({ sopInstanceUid }) => sopInstanceUid)).toEqual(
      images.map(({ sopInstanceUid }) => sopInstanceUid),
    );
    expect(lesion?.score?.likelihood.value).toBeGreaterThan(0);
    expect(report.secondLooks).toMatchObject([
      { unread: true, notLookedAt: [], findings: [{ answer: 'scored', lesionId: lesion?.id }] },
    ]);
  });

  it('names what is no view for the finder, and what could not be read, each with its reason', async () => {
    const { study, images } = smallStudy(4);
    const [cut] = brokenStudy(4).images;
    const [raw] = smallStudy(4, { '00080068': ['CS', 'FOR PROCESSING'] }).images;
    const exam = createExam(chain, ALLOWANCE);
    const [, mlo] = images;
    await exam.look(
      { study, sopInstanceUid: mlo?.sopInstanceUid ?? '' },
      mlo?.bytes as Uint8Array<ArrayBuffer>,
    );
    await exam.look({ study, sopInstanceUid: UNREAD }, cut?.bytes as Uint8Array<ArrayBuffer>);
    expect(exam.refused).toHaveLength(1);
    await exam.look(
      { study, sopInstanceUid: raw?.sopInstanceUid ?? '' },
      raw?.bytes as Uint8Array<ArrayBuffer>,
    );
    const report = await examReport(chain, exam, { sha256: 'a'.repeat(64) });
    const [look] = report.secondLooks ?? [];
    expect(look?.lookedAt).toEqual([mlo?.sopInstanceUid]);
    expect(look?.notLookedAt).toMatchObject([{ sopInstanceUid: raw?.sopInstanceUid }]);
    expect(look?.unreadable).toMatchObject([{ sopInstanceUid: UNREAD }]);
    const text = writtenText(report);
    expect(text).toContain(`not read: ${UNREAD}: `);
    expect(text).toContain('run in batch: no reader has seen what it found');
    expect(text).toContain('Finding 1, marked by the program alone.');
    expect(text).not.toContain('reader&apos;s own look');
  });

  it('of which nothing was found has a report that says so, and that does not call it normal', async () => {
    const { study, images } = smallStudy(5);
    const [point] = chain.finder.operatingPoints;
    const none = { ...chain.finder, operatingPoints: [{ ...point, threshold: 2 }] } as FinderFile;
    const exam = createExam(chain, ALLOWANCE);
    for (const { sopInstanceUid, bytes } of images)
      await exam.look({ study, sopInstanceUid }, bytes);
    const report = await examReport({ ...chain, finder: none }, exam, { sha256: 'a'.repeat(64) });
    expect(report.lesions).toEqual([]);
    const text = writtenText(report);
    expect(text).toContain('All algorithms succeeded; without findings');
    expect(text).toContain(sayIn('en', message('look.never-normal')));
  });

  it('of two studies is one: its views are linked, and the report names both', async () => {
    const { study, other, images } = splitExam(7);
    const exam = createExam(chain, ALLOWANCE);
    for (const [i, { sopInstanceUid, bytes }] of images.entries())
      await exam.look({ study: [study, other][i] ?? '', sopInstanceUid }, bytes);
    expect(exam.refused).toEqual([]);
    const report = await examReport(chain, exam, { sha256: 'a'.repeat(64) });
    expect(report.lesions[0]?.marks).toHaveLength(2);
    expect(report.secondLooks?.[0]?.studyInstanceUids).toEqual([study, other]);
    expect(writtenText(report)).toContain(other);
  });

  it('is scored through a calibration of the site that is of this pack, which the SR names', async () => {
    const { study, images } = smallStudy(8);
    const exam = createExam(chain, ALLOWANCE);
    for (const { sopInstanceUid, bytes } of images)
      await exam.look({ study, sopInstanceUid }, bytes);
    const sha256 = 'b'.repeat(64);
    const [own, foreign] = await Promise.all(
      [sha256, 'c'.repeat(64)].map((of) =>
        examReport(chain, exam, { sha256, site: sampleSite(of) }),
      ),
    );
    const shown = (report: CaseReport | undefined) => {
      const score = report?.lesions[0]?.score;
      if (!score) throw new Error('no score');
      return asAssumed(score, score.likelihood.value);
    };
    expect(shown(own)).not.toBeCloseTo(shown(foreign), 3);
    expect(writtenText(own as CaseReport)).toContain(
      'site calibration "North clinic": 400 lesions',
    );
    expect(writtenText(foreign as CaseReport)).not.toContain('North clinic');
  });

  it('of two patients is not one', async () => {
    const { study, images } = smallStudy(6);
    const [, other] = smallStudy(6, { '00100020': ['LO', 'ANOTHER'] }).images;
    const exam = createExam(chain, ALLOWANCE);
    for (const one of [images[0], other])
      await exam.look(
        { study, sopInstanceUid: one?.sopInstanceUid ?? '' },
        one?.bytes as Uint8Array<ArrayBuffer>,
      );
    expect(countPatients(exam)).toBe(2);
  });
});
