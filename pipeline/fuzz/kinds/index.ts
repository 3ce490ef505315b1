import type { Kind } from '../kind.ts';

/** Every kind of input, loaded when it is asked for: each in a process of its own. */
export const KINDS = {
  dicom: async (): Promise<Kind> => (await import('./dicom.ts')).dicom,
  frame: async (): Promise<Kind> => (await import('./frame.ts')).frame,
  json: async (): Promise<Kind> => (await import('./reports.ts')).json,
  sr: async (): Promise<Kind> => (await import('./reports.ts')).sr,
  objects: async (): Promise<Kind> => (await import('./objects.ts')).objects,
  disc: async (): Promise<Kind> => (await import('./disc.ts')).disc,
  zip: async (): Promise<Kind> => (await import('./zip.ts')).zip,
  pack: async (): Promise<Kind> => (await import('./pack.ts')).pack,
};

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];
