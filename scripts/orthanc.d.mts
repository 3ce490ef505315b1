/** Types of orthanc.mjs. */
export interface Orthanc {
  readonly pid: number;
  readonly address: string;
  readonly dicomweb: string;
  readonly user: string;
  readonly password: string;
  readonly rest: (path: string, init?: RequestInit) => Promise<Response>;
  readonly restart: (pauseMs?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}
export interface OrthancPaths {
  readonly server: string;
  readonly plugin: string;
}
export function findOrthanc(): OrthancPaths | undefined;
export function installOrthanc(): OrthancPaths | undefined;
export function startOrthanc(options?: {
  user?: string;
  patienceMs?: number;
  settings?: Readonly<Record<string, unknown>>;
}): Promise<Orthanc>;
