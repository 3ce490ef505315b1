import { isSoftwareAdapter, type Probe } from './backend-choice.ts';

/** Views of a lesion, hardly ever more: a lane takes memory for its weights whether it is used or not. */
const MOST_LANES = 4;

/** Workers that share a batch on WebAssembly. */
export const wasmLanes = (): number => Math.min(navigator.hardwareConcurrency || 1, MOST_LANES);

/** The GPU that WebGPU would use. Undefined when there is none. */
export const requestGpuAdapter = async (): Promise<GPUAdapter | undefined> =>
  (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;

const probeWebGpu = async (): Promise<Probe> => {
  const unusable = (reason: string): Probe => ({ backend: 'webgpu', usable: false, reason });
  if (!navigator.gpu) return unusable('this browser does not offer it');
  const adapter = await requestGpuAdapter().catch(() => undefined);
  if (!adapter) return unusable('the browser found no graphics adapter for it');
  const { vendor, architecture, device, description } = adapter.info;
  const name = [vendor, architecture, device, description].filter(Boolean).join(' ');
  const software = adapter.info.isFallbackAdapter || isSoftwareAdapter(name);
  return { backend: 'webgpu', usable: true, adapter: name || 'unnamed adapter', software };
};

const rendererOf = (gl: WebGL2RenderingContext): string => {
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return String(name || 'unnamed adapter');
};

const probeWebGl = (): Probe => {
  const unusable = (reason: string): Probe => ({ backend: 'webgl', usable: false, reason });
  if (typeof OffscreenCanvas === 'undefined')
    return unusable('this browser does not offer it in the background');
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return unusable('the browser refused it');
  try {
    if (!gl.getExtension('EXT_color_buffer_float'))
      return unusable('the graphics adapter cannot compute with 32-bit numbers');
    const adapter = rendererOf(gl);
    return { backend: 'webgl', usable: true, adapter, software: isSoftwareAdapter(adapter) };
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
};

const probeWasm = (): Probe => {
  if (typeof WebAssembly === 'undefined')
    return { backend: 'wasm', usable: false, reason: 'this browser does not offer it' };
  const lanes = wasmLanes();
  const adapter = `processor, ${lanes} ${lanes === 1 ? 'thread' : 'threads'}`;
  return { backend: 'wasm', usable: true, adapter, software: false };
};

/** Asks the browser what it offers, without starting tfjs. For a worker. */
export const probeBackends = async (): Promise<Probe[]> => [
  await probeWebGpu(),
  probeWebGl(),
  probeWasm(),
];
