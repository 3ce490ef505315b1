import { message } from '../../core/message/message.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DicomWebClient } from './client.ts';
import {
  clientFor,
  closedAddress,
  startConstant,
  startServer,
  type TestServer,
} from './testing/servers.ts';

const servers: TestServer[] = [];
const use = async (starting: Promise<TestServer>): Promise<TestServer> => {
  const server = await starting;
  servers.push(server);
  return server;
};
afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const JSON_TYPE = 'application/dicom+json';
const STUDY = { '0020000D': { vr: 'UI', Value: ['1.2.3'] } };
const instance = { studyInstanceUid: '1.2', seriesInstanceUid: '1.3', sopInstanceUid: '1.4' };
const failed = (code: string, values: object = {}) => ({
  ok: false,
  error: { code: `server.${code}`, values },
});

/** Why a message in parts could not be read. */
const why = (part: string) => ({ why: { code: `server.malformed.${part}`, values: {} } });
/** Nobody knows whether it was stored. */
const unsure = (code: string) =>
  failed('uncertain', { failure: expect.objectContaining({ code: `server.${code}` }) as unknown });

describe('a search that fails says why', () => {
  const what = message('server.what.studies');
  const answers: (readonly [string, number, string, string, string, object?])[] = [
    ['wrong address', 404, 'text/plain', 'no', 'not-dicomweb.search'],
    ['no credentials', 401, 'text/plain', '', 'unauthorised'],
    ['not allowed', 403, 'text/plain', '', 'forbidden'],
    ['a web page', 200, 'text/html', '<!doctype html>', 'not-dicomweb.page'],
    ['an untyped page', 200, 'text/plain', ' <html>', 'not-dicomweb.page'],
    ['a sign-in page', 302, 'text/plain', '', 'redirected'],
    ['broken JSON', 200, JSON_TYPE, '[{', 'malformed.not-json', { what }],
    [
      'JSON of another kind',
      200,
      JSON_TYPE,
      '{"a":1}',
      'malformed.schema',
      { what, problem: expect.stringMatching(/array/) },
    ],
    [
      'a study without UID',
      200,
      JSON_TYPE,
      '[{}]',
      'malformed.schema',
      { what, problem: expect.stringMatching(/^\[0\]\.0020000D: /) },
    ],
    [
      'a UID that climbs',
      200,
      JSON_TYPE,
      '[{"0020000D":{"vr":"UI","Value":["../x"]}}]',
      'malformed.schema',
      { what, problem: expect.stringMatching(/is not a UID/) },
    ],
    ['an error', 500, 'text/html', '<html>', 'server-error', { status: 500 }],
    ['overload', 503, 'text/plain', '', 'server-error.busy', { status: 503 }],
    ['too many matches', 413, 'text/plain', '', 'refused.search'],
    ['a bad request', 400, 'text/plain', '', 'refused', { status: 400 }],
  ];
  it.each(answers.map(([name, ...rest]) => ({ name, rest })))('$name', async ({ rest }) => {
    const [status, type, body, code, values] = rest;
    const { base } = await use(startConstant(status, type, body, { Location: '/elsewhere' }));
    expect(await clientFor(base).searchStudies({})).toEqual(failed(code, values));
  });

  it('server down', async () => {
    const client = clientFor(await closedAddress());
    expect(await client.searchStudies({})).toEqual(
      failed('unreachable', { server: expect.any(String) }),
    );
  });

  it('the program that serves the page is gone', async () => {
    const base = await closedAddress();
    vi.stubGlobal('location', { origin: new URL(base).origin });
    expect(await clientFor(base).searchStudies({})).toEqual(failed('unreachable.page'));
  });

  it('forbidden by the page’s own policy', async () => {
    const base = await closedAddress();
    const page = new EventTarget();
    vi.stubGlobal('document', page);
    const violation = Object.assign(new Event('securitypolicyviolation'), {
      effectiveDirective: 'connect-src',
      blockedURI: `${base}/studies`,
    });
    const client = clientFor(base, {
      fetch: () => {
        setTimeout(() => page.dispatchEvent(violation));
        return Promise.reject(new TypeError('Failed to fetch'));
      },
    });
    expect(await client.searchStudies({})).toEqual(
      failed('blocked', {
        server: new URL(base).origin,
        address: base,
        origin: new URL(base).origin,
      }),
    );
  });

  it('slow: never answers, or stops in the middle', async () => {
    const silent = await use(startServer(() => {}));
    const timeouts = { answerMs: 150, idleMs: 150 };
    expect(await clientFor(silent.base, { timeouts }).searchStudies({})).toEqual(
      failed('timeout', { server: expect.any(String), seconds: expect.stringMatching(/^0\.\d$/) }),
    );
    const stuck = await use(
      startServer((_, response) => {
        response.writeHead(200, { 'Content-Type': JSON_TYPE });
        response.write('[');
      }),
    );
    expect(await clientFor(stuck.base, { timeouts }).searchStudies({})).toEqual(
      failed('timeout', { server: expect.any(String), seconds: expect.any(String) }),
    );
  });

  it('slow but alive is not a timeout', async () => {
    const drip = await use(
      startServer((_, response) => {
        response.writeHead(200, { 'Content-Type': JSON_TYPE });
        const pieces = ['[', ...Array.from({ length: 12 }, () => ' '), ']'];
        const timer = setInterval(() => {
          const piece = pieces.shift();
          if (piece !== undefined) return void response.write(piece);
          clearInterval(timer);
          response.end();
        }, 100);
      }),
    );
    const client = clientFor(drip.base, { timeouts: { answerMs: 1000, idleMs: 1000 } });
    expect(await client.searchStudies({})).toMatchObject({ ok: true });
  });

  it('the connection breaks', async () => {
    const { base } = await use(
      startServer((_, response) => {
        response.writeHead(200, { 'Content-Type': JSON_TYPE, 'Content-Length': '1000' });
        response.write('[', () => response.destroy());
      }),
    );
    expect(await clientFor(base).searchStudies({})).toEqual(
      failed('interrupted', { server: expect.any(String) }),
    );
  });

  it('too much', async () => {
    const { base } = await use(startConstant(200, JSON_TYPE, new Uint8Array(17 * 2 ** 20)));
    expect(await clientFor(base).searchStudies({})).toEqual(
      failed('too-large.answer', { size: 16 }),
    );
  });

  it('the reader stops it', async () => {
    const { base } = await use(startServer(() => {}));
    const stop = new AbortController();
    const asked = clientFor(base).searchStudies({}, { signal: stop.signal });
    stop.abort();
    expect(await asked).toEqual(failed('aborted'));
    expect(await clientFor(base).searchStudies({}, { signal: stop.signal })).toEqual(
      failed('aborted'),
    );
  });

  it('input that cannot be sent', async () => {
    const client = clientFor(await closedAddress());
    for (const query of [
      { from: '31.1.2026' },
      { from: '2026-02-01', to: '2026-01-01' },
      { patientName: 'a\\b' },
      { patientId: 'x'.repeat(65) },
    ])
      expect(await client.searchStudies(query)).toMatchObject({
        error: { code: expect.stringMatching(/^server\.invalid-input/) },
      });
    expect(await client.listSeries('..')).toEqual(failed('invalid-input.uid'));
  });
});

describe('an object that cannot be fetched', () => {
  const multipart = 'multipart/related; type="application/dicom"; boundary=x';
  const answers: (readonly [string, number, string, string, string, object?])[] = [
    ['gone', 404, 'text/plain', '', 'gone'],
    ['another form', 406, 'text/plain', '', 'refused.form'],
    ['a web page', 200, 'text/html', '<html>', 'not-dicomweb.page'],
    ['no multipart', 200, 'image/jpeg', 'abc', 'malformed.type', { type: 'image/jpeg' }],
    ['no boundary in it', 200, multipart, 'abc', 'malformed', why('marks')],
    ['cut short', 200, multipart, '--x\r\n\r\nabc', 'malformed', why('early')],
    ['no DICOM in it', 200, multipart, '--x\r\n\r\nabc\r\n--x--', 'malformed.object'],
    ['nothing in it', 200, multipart, '--x--\r\n', 'malformed.none'],
    [
      'two in it',
      200,
      multipart,
      '--x\r\n\r\na\r\n--x\r\n\r\nb\r\n--x--',
      'malformed',
      why('parts'),
    ],
  ];
  it.each(answers.map(([name, ...rest]) => ({ name, rest })))('$name', async ({ rest }) => {
    const [status, type, body, code, values] = rest;
    const { base } = await use(startConstant(status, type, body));
    expect(await clientFor(base).retrieveInstance(instance)).toEqual(failed(code, values));
  });
});

describe('a listing of another study than the one asked for', () => {
  const uid = (value: string) => ({ vr: 'UI', Value: [value] });
  const item = (study: string | undefined) => ({
    ...(study !== undefined && { '0020000D': uid(study) }),
    '0020000E': uid('1.3'),
    '00080018': uid('1.4'),
    '00080016': uid('1.2.840'),
  });
  const listings = (client: DicomWebClient) => [
    client.listSeries('1.2'),
    client.listInstances({ studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }),
  ];
  const answer = async (...studies: (string | undefined)[]) => {
    // Items apart, or a listing would keep one of them.
    const items = studies.map((study, i) => ({
      ...item(study),
      '0020000E': uid(`1.3.${i}`),
      '00080018': uid(`1.4.${i}`),
    }));
    const { base } = await use(startConstant(200, JSON_TYPE, JSON.stringify(items)));
    return clientFor(base);
  };

  it.each([
    ['alone', ['1.9']],
    ['among others', ['1.2', '1.2.1', '1.2']],
    ['whose UID begins alike', ['1.2.0']],
    ['after one that names none', [undefined, '1.9']],
  ])('is refused: %s', async (_, studies) => {
    const client = await answer(...studies);
    for (const listing of listings(client))
      expect(await listing).toEqual(
        failed('malformed.study', { asked: '1.2', got: expect.stringMatching(/^1\./) }),
      );
    expect(await client.retrieveStudy('1.2')).toEqual(
      failed('malformed.study', { asked: '1.2', got: expect.any(String) }),
    );
  });

  it('is none where items name the study asked for, or none', async () => {
    const client = await answer('1.2', undefined);
    for (const listing of listings(client))
      expect(await listing).toMatchObject({
        ok: true,
        value: { items: [{ studyInstanceUid: '1.2' }, { studyInstanceUid: '1.2' }] },
      });
  });
});

describe('storing', () => {
  const sent = [
    { sopInstanceUid: '1.1', bytes: new Uint8Array(10) },
    { sopInstanceUid: '1.2', bytes: new Uint8Array(10) },
    { sopInstanceUid: '1.3', bytes: new Uint8Array(10) },
  ];
  const item = (uid: string, more: object = {}) => ({
    '00081155': { vr: 'UI', Value: [uid] },
    ...more,
  });

  it.each([202, 409, 400])('reads what became of each object from a %i', async (status) => {
    const body = JSON.stringify({
      '00081199': {
        vr: 'SQ',
        Value: [item('1.1', { '00081196': { vr: 'US', Value: [0xb000] } })],
      },
      '00081198': {
        vr: 'SQ',
        Value: [item('1.2', { '00081197': { vr: 'US', Value: [0xa700] } })],
      },
    });
    const { base } = await use(startConstant(status, JSON_TYPE, body));
    expect(await clientFor(base).store(sent)).toEqual({
      ok: true,
      value: {
        stored: [{ sopInstanceUid: '1.1', warning: message('stored.changed') }],
        failed: [
          {
            sopInstanceUid: '1.2',
            reason: message('stored.coded', {
              reason: message('stored.refused.space'),
              code: 'A700',
            }),
          },
          { sopInstanceUid: '1.3', reason: message('stored.unconfirmed') },
        ],
      },
    });
  });

  const names = (list: string, ...items: object[]) => ({ [list]: { vr: 'SQ', Value: items } });
  const becomes = async (status: number, body: unknown) => {
    const said = typeof body === 'string' ? body : JSON.stringify(body);
    const { base } = await use(startConstant(status, JSON_TYPE, said));
    const outcome = await clientFor(base).store(sent);
    if (!outcome.ok) throw new Error(outcome.error.code);
    const { stored, failed: refused } = outcome.value;
    return [stored.length, ...refused.map(({ reason }) => reason.values)];
  };
  const coded = (reason: string, code: string) => ({ reason: { code: reason, values: {} }, code });
  const all = sent.map(({ sopInstanceUid }) => item(sopInstanceUid));

  it.each([
    ['in a list', [names('00081199', ...all)]],
    [
      'with null for failures',
      { ...names('00081199', ...all), '00081198': { vr: 'SQ', Value: null } },
    ],
    ['with an attribute that is null', { ...names('00081199', ...all), '00081198': null }],
    ['with padded UIDs', names('00081199', ...sent.map((o) => item(`${o.sopInstanceUid}\0`)))],
    ['that is empty', ''],
    ['that names nothing', {}],
  ])('reads an answer %s', async (_, body) => {
    expect(await becomes(200, body)).toEqual([3]);
  });

  it('takes 204 for stored, and a 202 that names nothing for unconfirmed', async () => {
    expect(await becomes(204, '')).toEqual([3]);
    expect(await becomes(202, '')).toEqual([0, {}, {}, {}]);
  });

  it.each([
    ['A700', 'stored.refused.space', 'A700'],
    ['0x0110', 'stored.refused.processing', '0110'],
    ['0110', 'stored.refused.processing', '0110'],
    ['272', 'stored.refused.processing', '0110'],
    [42752, 'stored.refused.space', 'A700'],
  ])('reads a failure that is of no object, by its code %s', async (code, reason, shown) => {
    const body = {
      ...names('00081199', item('1.1')),
      ...names('0008119A', { '00081197': { vr: 'US', Value: [code] } }),
    };
    expect(await becomes(202, body)).toEqual([1, coded(reason, shown), coded(reason, shown)]);
  });

  it('says when nobody knows whether it was stored', async () => {
    const silent = await use(startServer((request) => void request.resume()));
    const timeouts = { answerMs: 100 };
    expect(await clientFor(silent.base, { timeouts }).store(sent)).toEqual(unsure('timeout'));
    const xml = await use(startConstant(200, 'application/dicom+xml', '<NativeDicomModel/>'));
    expect(await clientFor(xml.base).store(sent)).toEqual(unsure('malformed.not-json'));
  });

  it('tells a refusal of all', async () => {
    const down = clientFor(await closedAddress());
    expect(await down.store(sent)).toEqual(failed('unreachable', { server: expect.any(String) }));
    const { base } = await use(startConstant(403, 'text/plain', ''));
    expect(await clientFor(base).store(sent)).toEqual(failed('forbidden'));
  });
});

it('a study that vanishes while it is fetched keeps what came, and says what is missing', async () => {
  const dicom = new Uint8Array(140);
  dicom.set(new TextEncoder().encode('DICM'), 128);
  let served = 0;
  const { base } = await use(
    startServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname;
      if (/instances\/[\d.]+$/.test(path)) {
        if (served++ > 0) return void response.writeHead(404).end();
        response.writeHead(200, { 'Content-Type': 'application/dicom' });
        return void response.end(dicom);
      }
      const items = path.endsWith('series')
        ? [{ '0020000E': { vr: 'UI', Value: ['1.3'] }, '00080060': { vr: 'CS', Value: ['MG'] } }]
        : ['1.4', '1.5'].map((uid) => ({
            '00080018': { vr: 'UI', Value: [uid] },
            '00080016': { vr: 'UI', Value: ['1.2.840'] },
          }));
      response.writeHead(200, { 'Content-Type': JSON_TYPE });
      response.end(JSON.stringify(items));
    }),
  );
  const { entries, stopped } = await clientFor(base)
    .retrieveStudy('1.2')
    .then((outcome) => {
      if (!outcome.ok) throw new Error(outcome.error.code);
      return outcome.value;
    });
  expect(stopped).toBeUndefined();
  expect(entries[0]).toMatchObject({ path: 'MG series/1.4.dcm' });
  expect(entries[1]).toMatchObject({ problem: { code: 'server.gone' } });
});

it('leaves out one bad record of a list and says how many', async () => {
  const list = JSON.stringify([STUDY, { '0020000D': { vr: 'UI', Value: ['../x'] } }, 7]);
  const { base } = await use(startConstant(200, JSON_TYPE, list));
  expect(await clientFor(base).searchStudies({})).toMatchObject({
    value: { studies: [{ studyInstanceUid: '1.2.3' }], unreadable: 2 },
  });
});

it('accepts an empty answer and numbers given as text', async () => {
  const none = await use(startConstant(204, 'text/plain', ''));
  expect(await clientFor(none.base).searchStudies({})).toEqual({
    ok: true,
    value: { studies: [], nextOffset: undefined, unreadable: 0 },
  });
  const study = { ...STUDY, '00201208': { vr: 'IS', Value: ['4'] }, '00100020': { vr: 'LO' } };
  const some = await use(startConstant(200, JSON_TYPE, JSON.stringify([study])));
  expect(await clientFor(some.base).searchStudies({})).toMatchObject({
    value: { studies: [{ studyInstanceUid: '1.2.3', instanceCount: 4, patientId: '' }] },
  });
});
