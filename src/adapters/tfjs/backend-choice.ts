import { message, type Message, type Value } from '../../core/message/message.ts';
import type { BackendName } from '../../ports/inference.ts';

export const BACKENDS = ['webgpu', 'webgl', 'wasm'] as const;
/** What was found out about one backend before it is started. */
export type Probe =
  | {
      readonly backend: BackendName;
      readonly usable: true;
      readonly adapter: string;
      readonly software: boolean;
    }
  | { readonly backend: BackendName; readonly usable: false; readonly reason: Message };

/** A backend that failed earlier in this session. */
export interface Excluded {
  readonly backend: BackendName;
  readonly reason: Value;
}

export interface BackendChoice {
  readonly backend: BackendName;
  readonly adapter: string;
  readonly software: boolean;
  /** Why not, for each backend that comes before the chosen one in preference. */
  readonly passedOver: readonly Message[];
}

const LABELS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
};

export const backendLabel = (backend: BackendName): string => LABELS[backend];

/**
 * Names of adapters that compute on the processor: SwiftShader (Chrome), llvmpipe, softpipe and
 * lavapipe (Mesa), WARP and the Basic Render Driver (Windows), Apple's software renderer.
 */
export const isSoftwareAdapter = (name: string): boolean =>
  /swiftshader|llvmpipe|softpipe|lavapipe|\bwarp\b|basic render|software/i.test(name);

const refusal = (
  probe: Probe,
  requested: BackendName | undefined,
  excluded: readonly Excluded[],
): Value | undefined => {
  const failed = excluded.find((e) => e.backend === probe.backend);
  if (failed) return failed.reason;
  if (!probe.usable) return probe.reason;
  if (probe.software && probe.backend !== 'wasm' && requested !== probe.backend)
    return message('backend.software', { adapter: probe.adapter });
  return undefined;
};

/**
 * Picks the backend: the one asked for by name, else hardware WebGPU, hardware WebGL, WebAssembly.
 * A software adapter is taken only when asked for by name. Undefined when none is left.
 */
export const chooseBackend = (
  probes: readonly Probe[],
  requested: BackendName | undefined,
  excluded: readonly Excluded[],
): { choice: BackendChoice | undefined; passedOver: readonly Message[] } => {
  const order = [...(requested ? [requested] : []), ...BACKENDS.filter((b) => b !== requested)];
  const passedOver: Message[] = [];
  for (const backend of order) {
    const probe = probes.find((p) => p.backend === backend);
    if (!probe) continue;
    const reason = refusal(probe, requested, excluded);
    if (reason === undefined && probe.usable) {
      const { adapter, software } = probe;
      return { choice: { backend, adapter, software, passedOver }, passedOver };
    }
    if (reason !== undefined)
      passedOver.push(message('backend.reason', { backend: backendLabel(backend), reason }));
  }
  return { choice: undefined, passedOver };
};
