/**
 * Response headers of every server of the project. COOP and COEP make the page cross-origin
 * isolated from other sites; the policy keeps every request at the page's own origin.
 */
const policy = (connect = []) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const contentSecurityPolicy = policy();

export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Headers of one file of the built page, by its path: workers are held to what the page is. */
export const headersOf = (_path) => securityHeaders;

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
  const pagePolicy = policy([connect]);
  return (path) =>
    path.endsWith('.html')
      ? { ...securityHeaders, 'Content-Security-Policy': pagePolicy }
      : headersOf(path);
};
