import { message } from '../../core/message/message.ts';
import { describe, expect, it } from 'vitest';
import { chooseBackend, isSoftwareAdapter, type Probe } from './backend-choice.ts';

const hardware = (backend: Probe['backend']): Probe => ({
  backend,
  usable: true,
  adapter: `${backend} chip`,
  software: false,
});
const software = (backend: Probe['backend']): Probe => ({
  backend,
  usable: true,
  adapter: 'SwiftShader',
  software: true,
});
const wasm = { ...software('wasm'), adapter: '4 threads' } as Probe;
const all = [hardware('webgpu'), hardware('webgl'), wasm];

describe('chooseBackend', () => {
  it('prefers hardware WebGPU, then hardware WebGL, then WebAssembly', () => {
    expect(chooseBackend(all, undefined, []).choice?.backend).toBe('webgpu');
    const noGpu: Probe = {
      backend: 'webgpu',
      usable: false,
      reason: message('backend.no-adapter'),
    };
    const second = chooseBackend([noGpu, hardware('webgl'), wasm], undefined, []).choice;
    expect(second?.backend).toBe('webgl');
    expect(second?.passedOver).toEqual([
      message('backend.reason', {
        backend: 'WebGPU',
        reason: message('backend.no-adapter'),
      }),
    ]);
  });

  it('passes software adapters over, and says so', () => {
    const { choice } = chooseBackend([software('webgpu'), software('webgl'), wasm], undefined, []);
    expect(choice?.backend).toBe('wasm');
    expect(choice?.passedOver).toHaveLength(2);
    expect(choice?.passedOver[0]).toEqual(
      message('backend.reason', {
        backend: 'WebGPU',
        reason: message('backend.software', { adapter: 'SwiftShader' }),
      }),
    );
  });

  it('takes a software adapter that is asked for by name', () => {
    const probes = [software('webgpu'), software('webgl'), wasm];
    expect(chooseBackend(probes, 'webgl', []).choice).toMatchObject({
      backend: 'webgl',
      software: true,
      passedOver: [],
    });
  });

  it('does not return to a backend that failed, even the one asked for', () => {
    const excluded = [{ backend: 'webgl', reason: 'was lost twice' }] as const;
    const { choice } = chooseBackend(all, 'webgl', excluded);
    expect(choice?.backend).toBe('webgpu');
    expect(choice?.passedOver).toEqual([
      message('backend.reason', { backend: 'WebGL', reason: 'was lost twice' }),
    ]);
  });

  it('has no choice when nothing is left, with every reason', () => {
    const excluded = all.map(({ backend }) => ({ backend, reason: 'failed' }));
    expect(chooseBackend(all, undefined, excluded)).toEqual({
      choice: undefined,
      passedOver: ['WebGPU', 'WebGL', 'WebAssembly'].map((backend) =>
        message('backend.reason', { backend, reason: 'failed' }),
      ),
    });
  });
});

describe('isSoftwareAdapter', () => {
  it.each([
    ['google swiftshader', true],
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
    ['ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)', true],
    ['ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)', true],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11 vs_5_0 ps_5_0, D3D11)', false],
    ['apple metal-3', false],
    ['Mali-G78', false],
  ])('%s: %s', (name, expected) => expect(isSoftwareAdapter(name)).toBe(expected));
});
