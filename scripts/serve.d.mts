/** Types of serve.mjs. */
import type { Server } from 'node:http';

export interface ServeOptions {
  readonly dicomweb?: string;
  readonly connect?: string;
}
export function serveOptions(args?: readonly string[]): ServeOptions;
export function serve(
  folder: string,
  port: number,
  options?: ServeOptions,
): Promise<{ server: Server; address: string }>;
