/**
 * Response headers of every server of the project. COOP and COEP make the page cross-origin
 * isolated (threads for wasm); the policy keeps every request at the page's own origin.
 */
const policy = (scripts) =>
  [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const contentSecurityPolicy = policy("'self' 'wasm-unsafe-eval'");

/**
 * The inference worker alone may run scripts from a blob: tfjs hands the code of its WebAssembly
 * threads over as one. A worker has its own policy, so the page's stays strict.
 */
const inferenceWorkerPolicy = policy("'self' blob: 'wasm-unsafe-eval'");

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
