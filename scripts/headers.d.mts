/** Types of headers.mjs. */
type Headers = Readonly<Record<string, string>> & {
  readonly 'Content-Security-Policy': string;
};
export const securityHeaders: Headers;
export function headersOf(path: string): Headers;
export function createHeadersOf(connect: string | null | undefined): (path: string) => Headers;
export function parseConnectOrigin(text: string): string;
