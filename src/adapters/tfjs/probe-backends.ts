import { message, type Message } from '../../core/message/message.ts';
import { isSoftwareAdapter, type Probe } from './backend-choice.ts';

/** Views of a lesion, hardly ever more: a lane takes memory for its weights whether it is used or not. */
const MOST_LANES = 4;

/** Workers that share a batch on WebAssembly. */
export const wasmLanes = (): number =>
  typeof navigator === 'undefined' ? 1 : Math.min(navigator.hardwareConcurrency || 1, MOST_LANES);

/** What the browser offers of WebGPU; undefined where it offers none. */
export const browserGpu = (): AdapterSource | undefined =>
  typeof navigator === 'undefined' ? undefined : navigator.gpu;

/** The part of `navigator.gpu` that is used. */
export type AdapterSource = Pick<GPU, 'requestAdapter'>;

/**
 * A browser that has just started may give null where it gives a graphics card a moment later (seen
 * in Chromium 156 with Vulkan): pauses before it is asked again, ms.
 */
const PAUSES_MS = [100, 400];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The GPU that WebGPU would use, asked for up to three times. Undefined when there is none. */
export const requestGpuAdapter = async (
  source: AdapterSource | undefined = browserGpu(),
): Promise<GPUAdapter | undefined> => {
  const ask = async () =>
    (await source?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)) ??
    undefined;
  let adapter = await ask();
  for (const ms of source ? PAUSES_MS : []) {
    if (adapter) break;
    await pause(ms);
    adapter = await ask();
  }
  return adapter;
};

const aboutAdapter = ({ info }: GPUAdapter): { name: string; software: boolean } => {
  const { vendor, architecture, device, description } = info;
  const name = [vendor, architecture, device, description].filter(Boolean).join(' ');
  return {
    name: name || 'unnamed adapter',
    software: info.isFallbackAdapter || isSoftwareAdapter(name),
  };
};

/** Whether WebGPU has a graphics card now. */
export const hasHardwareAdapter = async (
  source: AdapterSource | undefined = browserGpu(),
): Promise<boolean> => {
  const adapter = await requestGpuAdapter(source);
  return adapter !== undefined && !aboutAdapter(adapter).software;
};

const probeWebGpu = async (): Promise<Probe> => {
  const unusable = (reason: Message): Probe => ({ backend: 'webgpu', usable: false, reason });
  if (!navigator.gpu) return unusable(message('backend.not-offered'));
  const adapter = await requestGpuAdapter();
  if (!adapter) return unusable(message('backend.no-adapter'));
  const { name, software } = aboutAdapter(adapter);
  return { backend: 'webgpu', usable: true, adapter: name, software };
};

const rendererOf = (gl: WebGL2RenderingContext): string => {
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return String(name || 'unnamed adapter');
};

const probeWebGl = (): Probe => {
  const unusable = (reason: Message): Probe => ({ backend: 'webgl', usable: false, reason });
  if (typeof OffscreenCanvas === 'undefined') return unusable(message('backend.not-in-background'));
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return unusable(message('backend.refused'));
  try {
    if (!gl.getExtension('EXT_color_buffer_float')) return unusable(message('backend.no-float'));
    const adapter = rendererOf(gl);
    return { backend: 'webgl', usable: true, adapter, software: isSoftwareAdapter(adapter) };
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
};

const probeWasm = (lanes: number): Probe => {
  if (typeof WebAssembly === 'undefined')
    return { backend: 'wasm', usable: false, reason: message('backend.not-offered') };
  const adapter = `processor, ${lanes} ${lanes === 1 ? 'thread' : 'threads'}`;
  return { backend: 'wasm', usable: true, adapter, software: false };
};

/** Asks the browser what it offers, without starting tfjs. For a worker that has so many lanes at most. */
export const probeBackends = async (lanes: number): Promise<Probe[]> => [
  await probeWebGpu(),
  probeWebGl(),
  probeWasm(lanes),
];
