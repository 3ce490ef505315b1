import { describe, expect, it } from 'vitest';
import { createDicomWebClient } from './client.ts';
import { ok } from '../../core/message/result.ts';
import { authorizationOf } from './credentials.ts';
import { boundaryOf, buildMultipart, parseMultipart } from './multipart.ts';
import { parseServerAddress } from './server-address.ts';
import { readServerConfig } from './server-config.ts';
import { matchingKeys } from './study-query.ts';
import { valueOf } from './testing/servers.ts';
import { matchesWildcard, withoutEscapes } from './wildcard.ts';

const bytes = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const text = (part: Uint8Array) => new TextDecoder('latin1').decode(part);

describe('multipart', () => {
  it('finds the boundary, quoted or not', () => {
    expect(boundaryOf('multipart/related; type="application/dicom"; boundary="a b"')).toBe('a b');
    expect(boundaryOf('Multipart/Related;boundary=a;type=x')).toBe('a');
    expect(boundaryOf('application/dicom')).toBeUndefined();
    expect(boundaryOf('multipart/related')).toBeUndefined();
  });

  it('is not misled by what looks like a boundary within an object', () => {
    const body = 'x--b\r\n--bb\r\n\r\n--c\r\n-';
    const message = `preamble\r\n--b \r\nContent-Type: application/dicom\r\nX: y\r\n\r\n${body}\r\n--b\r\n\r\n\r\n--b--\r\nend`;
    const parts = valueOf(parseMultipart(bytes(message), 'b'));
    expect(parts.map((part) => [part.contentType, text(part.body)])).toEqual([
      ['application/dicom', body],
      ['', ''],
    ]);
  });

  it('reads line breaks of LF alone, and a preamble or none', () => {
    const message = '--b\nContent-Type: application/dicom\n\nabc\n--b--\n';
    for (const whole of [message, `preamble\n${message}`, `\n${message}`, `\r\n${message}`]) {
      const [part] = valueOf(parseMultipart(bytes(whole), 'b'));
      expect([part?.contentType, text(part?.body ?? bytes(''))]).toEqual([
        'application/dicom',
        'abc',
      ]);
    }
  });

  it.each(['abc\r', 'abc\n', '\r', '\r\n', ''])('keeps the end of a part: %j', (body) => {
    for (const line of ['\n', '\r\n']) {
      const lines = ['--b', 'Content-Type: application/dicom', '', body, '--b', 'X: y', '', body];
      const whole = [...lines, '--b--', ''].join(line);
      const parts = valueOf(parseMultipart(bytes(whole), 'b'));
      expect(parts.map((part) => text(part.body))).toEqual([body, body]);
    }
  });

  it('stops at the first surplus part', () => {
    const message = bytes('--b\r\n\r\n\r\n'.repeat(300_000));
    let read = 0;
    const counted = new Proxy(message, {
      get: (target, key) => {
        read += 1;
        const value = Reflect.get(target, key, target) as unknown;
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const parsed = parseMultipart(counted, 'b', 1);
    expect(parsed).toMatchObject({
      error: { values: { why: { code: 'server.malformed.parts' } } },
    });
    expect(read).toBeLessThan(1000);
  });

  it('refuses a message cut at any byte', () => {
    const message = '--b\r\nContent-Type: application/dicom\r\n\r\nabc\r\n--b--';
    for (let end = 0; end < message.length; end++)
      expect(parseMultipart(bytes(message.slice(0, end)), 'b').ok).toBe(false);
    expect(text(valueOf(parseMultipart(bytes(message), 'b'))[0]?.body ?? bytes(''))).toBe('abc');
  });

  it('reads back what it builds, of any bytes', async () => {
    const all = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256);
    const { contentType, body } = buildMultipart([all, bytes('\r\n'), bytes('')]);
    const whole = new Uint8Array(await body.arrayBuffer());
    const parts = valueOf(parseMultipart(whole, boundaryOf(contentType) ?? ''));
    expect(parts.map((part) => [...part.body])).toEqual([[...all], [13, 10], []]);
  });
});

describe('addresses', () => {
  it.each([
    ['http://pacs:8042/dicom-web/', 'http://pacs:8042/dicom-web', true],
    [' localhost:8042/dicom-web ', 'http://localhost:8042/dicom-web', false],
    ['https://pacs.example/rs', 'https://pacs.example/rs', false],
    ['http://127.0.0.1:1//', 'http://127.0.0.1:1', false],
  ])('%s', (typed, base, unencrypted) =>
    expect(valueOf(parseServerAddress(typed))).toMatchObject({ base, unencrypted }),
  );

  it.each(['', 'ftp://x/', 'http://', 'http://a:b@c/', 'http://u@c/', 'http://x/?a', 'file:///x'])(
    'refuses "%s"',
    (typed) =>
      expect(parseServerAddress(typed)).toMatchObject({
        error: { code: expect.stringMatching(/^server\.invalid-input/) },
      }),
  );
});

describe('credentials', () => {
  it('are written as RFC 7617 and RFC 6750 say', () => {
    expect(valueOf(authorizationOf({ kind: 'none' }))).toBeUndefined();
    const basic = valueOf(authorizationOf({ kind: 'basic', user: 'zoë', password: 'a:ß' }));
    expect(Buffer.from(basic?.slice(6) ?? '', 'base64').toString()).toBe('zoë:a:ß');
    expect(valueOf(authorizationOf({ kind: 'bearer', token: ' Bearer a.b-c== ' }))).toBe(
      'Bearer a.b-c==',
    );
  });

  it('that cannot be sent are refused', () => {
    for (const wrong of [
      { kind: 'basic', user: '', password: 'x' },
      { kind: 'basic', user: 'a:b', password: 'x' },
      { kind: 'basic', user: 'a', password: 'x\n' },
      { kind: 'bearer', token: 'a b' },
      { kind: 'bearer', token: '' },
    ] as const)
      expect(authorizationOf(wrong)).toMatchObject({
        error: { code: expect.stringMatching(/^server\.invalid-input/) },
      });
  });

  it('are nowhere to be seen in the client', () => {
    const address = valueOf(parseServerAddress('http://localhost/dicom-web'));
    const credentials = { kind: 'basic', user: 'reader', password: 'secret' } as const;
    const client = valueOf(createDicomWebClient({ address, credentials }));
    expect(JSON.stringify(client)).toBe('{"base":"http://localhost/dicom-web"}');
  });
});

describe('search keys', () => {
  const keys = (query: Parameters<typeof matchingKeys>[0]) =>
    Object.fromEntries(valueOf(matchingKeys(query)));

  it('are what the reader means', () => {
    expect(keys({})).toEqual({ ModalitiesInStudy: 'MG' });
    expect(keys({ patientName: ' doe ', patientId: 'P&1', modality: '' })).toEqual({
      PatientName: '*doe*',
      PatientID: 'P&1',
    });
    expect(keys({ patientName: 'Doe, Jane' })).toMatchObject({ PatientName: 'Doe*^Jane*' });
    expect(keys({ patientName: 'D?e*' })).toMatchObject({ PatientName: 'D?e*' });
    expect(keys({ from: '2026-01-31', to: '2026-01-31' })).toMatchObject({ StudyDate: '20260131' });
    expect(keys({ from: '2026-01-31' })).toMatchObject({ StudyDate: '20260131-' });
    expect(keys({ to: '2026-01-31' })).toMatchObject({ StudyDate: '-20260131' });
    expect(keys({ studyInstanceUid: '1.2.3' })).toEqual({ StudyInstanceUID: '1.2.3' });
    expect(keys({ accessionNumber: 'A7' })).toEqual({ AccessionNumber: 'A7' });
    expect(keys({ patientId: 'A\\B', accessionNumber: 'A\\' })).toMatchObject({
      PatientID: 'A?B',
      AccessionNumber: 'A?',
    });
    expect(matchingKeys({ studyInstanceUid: '../x' }).ok).toBe(false);
  });
});

describe('wildcards', () => {
  it.each([
    ['doe*^jane*', 'Doe^Jane', true],
    ['doe*^jane*', 'Doe^John', false],
    ['*ü*', 'MÜLLER', true],
    ['a 1', 'A-1', false],
    ['?', '𝒳', true],
    ['?', '', false],
    ['', '', true],
    ['*a*b', 'xaxbxb', true],
    ['*a*b', 'xaxbx', false],
  ])('%s for %s: %s', (pattern, value, matches) =>
    expect(matchesWildcard(pattern, value)).toBe(matches),
  );

  it('do not stall', () => {
    expect(matchesWildcard('*a'.repeat(32), `${'a'.repeat(10_000)}b`)).toBe(false);
  });

  it('stand for what must be escaped', () => {
    expect(withoutEscapes('Doe*^Jane*')).toBe('Doe*Jane*');
    expect(withoutEscapes('*von düsen*')).toBe('*von*d*sen*');
    expect(withoutEscapes('D?e*')).toBe('D*e*');
    expect(withoutEscapes('A-1_b.*')).toBeUndefined();
  });
});

describe('the page’s own server', () => {
  const answer = (body: string, status = 200) =>
    readServerConfig('http://localhost:4173/app/', async () => new Response(body, { status }));
  const failed = (code: string) => ({ ok: false, error: { code } });

  it('tells of its proxy', async () => {
    const proxy = { path: 'dicomweb/', upstream: 'http://pacs:8042/dicom-web' };
    expect(await answer(JSON.stringify({ proxy, connect: null }))).toMatchObject({
      value: {
        proxy: {
          address: { base: 'http://localhost:4173/app/dicomweb' },
          upstream: proxy.upstream,
        },
        connect: undefined,
      },
    });
  });

  it('may have it beside the page', async () => {
    const proxy = { path: '../dicom-web/', upstream: 'Orthanc' };
    expect(await answer(JSON.stringify({ proxy, connect: null }))).toMatchObject({
      value: { proxy: { address: { base: 'http://localhost:4173/dicom-web' } } },
    });
  });

  it.each([
    ['', 404],
    ['{"proxy":{"path":"//evil/","upstream":"x"},"connect":null}', 200],
    ['{"proxy"', 200],
    ['{"proxy":{"path":"http://evil/","upstream":"x"},"connect":null}', 200],
    ['{"proxy":null,"connect":null}', 200],
  ])('offers nothing by "%s" (%i)', async (body, status) =>
    expect(await answer(body, status)).toEqual(ok({ proxy: undefined, connect: undefined })),
  );

  it.each([
    ['<!doctype html><form>', 200, 'server.signed-out'],
    ['', 302, 'server.signed-out'],
    ['', 401, 'server.signed-out'],
    ['', 403, 'server.signed-out'],
    ['{"proxy":null,"connect":null}', 500, 'server.server-error'],
    ['', 503, 'server.server-error'],
  ])('is not asked by "%s" (%i): %s', async (body, status, code) =>
    expect(await answer(body, status)).toMatchObject(failed(code)),
  );

  it('is not asked where it sends elsewhere, which is not followed, or is silent', async () => {
    let asked: RequestInit | undefined;
    const elsewhere: typeof fetch = async (_, init) => {
      asked = init;
      return Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' });
    };
    const page = 'http://localhost:4173/app/';
    expect(await readServerConfig(page, elsewhere)).toMatchObject(failed('server.signed-out'));
    expect(asked).toMatchObject({ redirect: 'manual', headers: { Accept: 'application/json' } });
    const silent = () => Promise.reject(new DOMException('late', 'TimeoutError'));
    expect(await readServerConfig(page, silent)).toMatchObject(failed('server.unreachable.page'));
  });
});
