import { createServer, type Server } from 'node:http';
import { countsText, paceText, prometheusText, type Status } from './status.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);

/** The state of the work as a page that needs no script. */
export const statusHtml = (title: string, status: Status): string => {
  const rows = status.failures.map(
    ({ count, reason, studies }) =>
      `<tr><td>${count}<td>${escaped(reason)}<td>${studies.map(escaped).join('<br>')}`,
  );
  const failures = rows.length
    ? `<h2>Failures by reason</h2><table><tr><th>Studies<th>Reason<th>Such as${rows.join('')}</table>`
    : '<p>Nothing has failed.';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>${escaped(title)}</title><style>body{font:16px system-ui;margin:2em;color:#222}
td,th{text-align:left;padding:.3em 1em .3em 0;vertical-align:top}</style>
<h1>${escaped(title)}</h1><p>${escaped(countsText(status.counts))}<p>${escaped(paceText(status))}
${failures}<p><a href="/metrics">Figures for Prometheus</a></html>
`;
};

/**
 * Serves the state of the work at / and, for Prometheus, at /metrics, on the loopback address alone.
 * Resolves once it listens; port 0 takes a free one.
 */
export const serveStatus = (
  port: number,
  title: string,
  read: () => Promise<Status>,
): Promise<{ readonly server: Server; readonly address: string }> =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const answer = (code: number, type: string, body: string) =>
        response
          .writeHead(code, {
            'Content-Type': `${type}; charset=utf-8`,
            'Cache-Control': 'no-store',
            'X-Content-Type-Options': 'nosniff',
            'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
          })
          .end(body);
      // Another name for this address would be a page elsewhere that has its own name resolve to it.
      const host = (request.headers.host ?? '').replace(/:\d+$/, '');
      if (host !== '127.0.0.1' && host !== 'localhost')
        return answer(403, 'text/plain', 'Open this page as 127.0.0.1.\n');
      if (request.url !== '/' && request.url !== '/metrics')
        return answer(404, 'text/plain', 'There is / and /metrics.\n');
      read().then(
        (status) =>
          request.url === '/metrics'
            ? answer(200, 'text/plain; version=0.0.4', prometheusText(status))
            : answer(200, 'text/html', statusHtml(title, status)),
        () => answer(503, 'text/plain', 'The queue does not answer.\n'),
      );
    });
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address();
      const at = typeof bound === 'object' && bound ? bound.port : port;
      resolve({ server, address: `http://127.0.0.1:${at}/` });
    });
  });
