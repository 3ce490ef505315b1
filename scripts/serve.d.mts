/** Types of serve.mjs. */
import type { Server } from 'node:http';

export interface ServeOptions {
  readonly dicomweb?: string;
  readonly connect?: string;
  /** Longest silence of the DICOMweb server, and longest exchange with it, ms. */
  readonly patienceMs?: number;
  readonly deadlineMs?: number;
}
export const DEFAULT_PORT: number;
export function serveOptions(
  args?: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): ServeOptions & { readonly port: number; readonly demo?: boolean };
/** As serveOptions, of this process; ends it where they are wrong. */
export function serveOptionsOrExit(): ReturnType<typeof serveOptions>;
/** What the page is told at dicomweb-config.json. */
export function configOf(options: ServeOptions): string;
export function serve(
  folder: string,
  port: number,
  options?: ServeOptions,
): Promise<{ server: Server; address: string; taken: string | undefined }>;
