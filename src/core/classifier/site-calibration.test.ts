import { describe, expect, it } from 'vitest';
import { message } from '../message/message.ts';
import type { Likelihood } from '../units/units.ts';
import { atPrevalence } from './calibration.ts';
import {
  appliedTo,
  readSiteCalibration,
  restated,
  siteCalibrationSchema,
} from './site-calibration.ts';
import { sampleSite } from './testing/sample-site.ts';

const SHA = 'a'.repeat(64);
const site = sampleSite(SHA);
const p = (value: number) => value as Likelihood;

describe('siteCalibrationSchema', () => {
  it('takes one that is whole', () =>
    expect(siteCalibrationSchema.parse(JSON.parse(JSON.stringify(site)))).toEqual(site));

  it.each([
    ['too few malignant lesions', { malignant: 99 }],
    ['too few benign lesions', { benign: 99 }],
    ['a sigmoid that turns the order around', { calibration: { a: 0.5, b: 0 } }],
    ['no name', { name: '  ' }],
    ['a digest with something before it', { pack: { ...site.pack, sha256: `0${SHA}` } }],
    ['a digest with something behind it', { pack: { ...site.pack, sha256: `${SHA}0` } }],
    ['another kind of file', { kind: 'tandem-case-report' }],
  ])('refuses %s', (_, change) =>
    expect(siteCalibrationSchema.safeParse({ ...site, ...change }).success).toBe(false),
  );
});

describe('readSiteCalibration', () => {
  const read = (change: object, sha = SHA) =>
    readSiteCalibration(JSON.stringify({ ...site, ...change }), sha);
  const codeOf = (result: ReturnType<typeof read>) => (result.ok ? 'ok' : result.error.code);

  it('takes one of the pack in use', () => expect(read({})).toEqual({ ok: true, value: site }));

  it('says why it takes none', () => {
    expect(codeOf(readSiteCalibration('{', SHA))).toBe('site.not-json');
    expect(codeOf(readSiteCalibration('null', SHA))).toBe('site.foreign');
    expect(codeOf(read({ kind: 'tandem-case-report' }))).toBe('site.foreign');
    const { id, version } = site.pack;
    expect(read({}, 'b'.repeat(64))).toEqual({
      ok: false,
      error: message('site.other-pack', { pack: `${id} ${version}` }),
    });
    const few = read({ benign: 40 });
    expect(few).toMatchObject({ error: { code: 'site.damaged' } });
    expect(JSON.stringify(few)).toContain('benign');
  });
});

describe('restated', () => {
  const applied = appliedTo(site, SHA);

  it('is of one pack alone', () => {
    expect(appliedTo(site, 'b'.repeat(64))).toBeUndefined();
    expect(appliedTo(site, undefined)).toBeUndefined();
    expect(applied?.lesions).toBe(400);
  });

  it("answers by the site's sigmoid at the site's prevalence", () => {
    // logit(0.8) = ln 4; 1 / (1 + exp(-0.5 ln 4 + 0.7)) = 1 / (1 + exp(0.7) / 2)
    const wanted = 1 / (1 + Math.exp(0.7) / 2);
    expect(restated(p(0.8), { training: 0.48, assumed: 0.3, site: applied })).toBeCloseTo(
      wanted,
      12,
    );
    expect(restated(p(0.8), { training: 0.48, assumed: 0.1, site: applied })).toBeCloseTo(
      atPrevalence(p(wanted), 0.3, 0.1),
      12,
    );
  });

  it('keeps the order of lesions', () => {
    const by = { training: 0.48, assumed: 0.48, site: applied };
    expect(restated(p(0.51), by)).toBeGreaterThan(restated(p(0.5), by));
  });

  it('without one restates for the prevalence alone', () => {
    expect(restated(p(0.8), { training: 0.48, assumed: 0.48 })).toBe(0.8);
    expect(restated(p(0.8), { training: 0.48, assumed: 0.1 })).toBe(
      atPrevalence(p(0.8), 0.48, 0.1),
    );
  });
});
