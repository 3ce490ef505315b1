/**
 * Response headers of every server of the project. COOP and COEP make the page cross-origin
 * isolated (threads for wasm); the policy keeps every request at the page's own origin.
 */
const policy = ({ scripts, workers = "'self'", connect = [] }) =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    `worker-src ${workers}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const scripts = "'self' 'wasm-unsafe-eval'";
export const contentSecurityPolicy = policy({ scripts });

/**
 * The inference worker alone may run scripts and start workers from a blob: tfjs hands the code of its
 * WebAssembly threads over as one. A worker has its own policy, so the page's stays strict.
 */
const inferenceWorkerPolicy = policy({
  scripts: "'self' blob: 'wasm-unsafe-eval'",
  workers: "'self' blob:",
});

export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers of one file of the built page, by its path. */
export const headersOf = (path) =>
  /inference-worker[^/\\]*\.js$/.test(path)
    ? { ...securityHeaders, 'Content-Security-Policy': inferenceWorkerPolicy }
    : securityHeaders;

/**
 * The one origin to add to what the page may contact, checked: a scheme, a host and perhaps a port.
 * Throws a sentence where it is anything else, above all a wildcard or a list.
 */
export const parseConnectOrigin = (text) => {
  const url = URL.canParse(text ?? '') ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !/^[\w.:[\]-]+$/.test(url.host))
    throw new Error(`"${text}" is not an address like http://pacs:8042.`);
  if (url.username || url.password || url.search || url.hash || url.pathname !== '/')
    throw new Error(`Give the origin alone, without anything after it: ${url.origin}`);
  return url.origin;
};

/** As headersOf, but the page itself (not its workers) may also contact `connect`, if there is one. */
export const createHeadersOf = (connect) => {
  if (!connect) return headersOf;
  const pagePolicy = policy({ scripts, connect: [connect] });
  return (path) =>
    path.endsWith('.html')
      ? { ...securityHeaders, 'Content-Security-Policy': pagePolicy }
      : headersOf(path);
};
