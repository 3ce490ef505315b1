/**
 * Response headers of every server of the project. COOP and COEP make the page cross-origin
 * isolated from other sites; the policy keeps every request at the page's own origin.
 */
const policy = (script, connect = []) =>
  [
    "default-src 'none'",
    ['script-src', "'self'", ...script].join(' '),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

/** Compiling WebAssembly needs a word of its own; only workers do, so the page goes without it. */
const WASM = ["'wasm-unsafe-eval'"];
const isPage = (path) => path.endsWith('.html') || path.endsWith('/');

/** Powerful features of browsers; the page uses none but the full screen and the placing of a second window. */
const UNUSED = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

export const securityHeaders = {
  'Content-Security-Policy': policy([]),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const scriptHeaders = { ...securityHeaders, 'Content-Security-Policy': policy(WASM) };

/**
 * Headers of one file of the built page, by its path. A worker is held to the policy that its script
 * comes with: the page's, and WebAssembly.
 */
export const headersOf = (path) => (isPage(path) ? securityHeaders : scriptHeaders);

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
  const pagePolicy = policy([], [connect]);
  return (path) =>
    isPage(path) ? { ...securityHeaders, 'Content-Security-Policy': pagePolicy } : headersOf(path);
};
