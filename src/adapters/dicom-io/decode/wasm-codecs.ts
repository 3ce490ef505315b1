import charlsFactory from '@cornerstonejs/codec-charls/decodewasmjs';
import turboFactory from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import openjpegFactory from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import openjphFactory from '@cornerstonejs/codec-openjph/wasmjs';
import { askForTermination } from './jpeg2000-termination.ts';
import type { RawSamples } from './native-pixels.ts';

/** The decoders that are WebAssembly modules. */
export type WasmCodec = 'charls' | 'libjpeg-turbo' | 'openjpeg' | 'openjph';

/** Where their binaries come from: node_modules in Node, the page's own origin in a browser. */
export type WasmSource = (codec: WasmCodec) => Promise<Uint8Array>;

/** The part of the Emscripten classes that decoding uses. */
export interface WasmDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  delete(): void;
}

type DecoderClass = new () => WasmDecoder;
type Options = {
  wasmBinary: Uint8Array;
  print: (line: string) => void;
  printErr: (line: string) => void;
};
type Module = Readonly<Record<string, DecoderClass>>;
type Factory = (options: Options) => Promise<Module>;

const factories: Readonly<Record<WasmCodec, readonly [Factory, className: string]>> = {
  charls: [charlsFactory as Factory, 'JpegLSDecoder'],
  'libjpeg-turbo': [turboFactory as Factory, 'JPEGDecoder'],
  openjpeg: [openjpegFactory as Factory, 'J2KDecoder'],
  openjph: [openjphFactory as Factory, 'HTJ2KDecoder'],
};

/** Lines by which libjpeg and OpenJPEG tell of data that are missing or wrong. */
const COMPLAINT =
  /premature end|corrupt|malformed|extraneous bytes|truncated|not enough|bad segment|invalid|error/i;

/** Bytes by which a code block ended elsewhere than its data do. */
const TERMINATION = /PTERM check failure: (\d+)/;
/** Encoders end a block a few bytes sooner or later, all that were tried within two (T.800 D.4). */
const MOST_ASTRAY = 8;

const isComplaint = (line: string): boolean => {
  const [, astray] = TERMINATION.exec(line) ?? [];
  return astray === undefined ? COMPLAINT.test(line) : Number(astray) > MOST_ASTRAY;
};

/** The first complaint of a decoder: they draw what they have and only mention what is wrong. */
let complaint: string | undefined;
const note = (line: string): void => {
  if (complaint === undefined && isComplaint(line)) complaint = line;
};
const loading = new Map<WasmCodec, Promise<DecoderClass>>();

const instantiate = async (codec: WasmCodec, wasm: WasmSource): Promise<DecoderClass> => {
  const [factory, className] = factories[codec];
  const options = { wasmBinary: await wasm(codec), print: note, printErr: note };
  return (await factory(options))[className] as DecoderClass;
};

/** One load a codec; a failed one is forgotten, so that the next file tries again. */
const decoderClass = (codec: WasmCodec, wasm: WasmSource): Promise<DecoderClass> => {
  const known = loading.get(codec);
  if (known) return known;
  const started = instantiate(codec, wasm);
  loading.set(codec, started);
  started.catch(() => loading.delete(codec));
  return started;
};

/** The decoder itself says that it had to make up a part of the picture. */
export class IncompleteFrame extends Error {}

/** The decoder could not be fetched or started: not the file's fault. */
export class DecoderUnavailable extends Error {}

/** Decoded bytes outside the decoder's memory, which goes with it: some decoders give a copy, others a view of it. */
export const outsideDecoder = (bytes: Uint8Array): Uint8Array =>
  bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();

const samplesOf = (decoder: WasmDecoder): RawSamples => {
  const { bitsPerSample, isSigned } = decoder.getFrameInfo();
  const bytes = outsideDecoder(decoder.getDecodedBuffer());
  if (bitsPerSample <= 8) return isSigned ? new Int8Array(bytes.buffer) : bytes;
  return isSigned ? new Int16Array(bytes.buffer) : new Uint16Array(bytes.buffer);
};

/**
 * Decodes one frame. Throws DecoderUnavailable where the decoder cannot be had, anything else
 * (Emscripten throws numbers) where the frame is damaged. A module that trapped is not used again.
 */
export const decodeWithWasm = async (
  codec: WasmCodec,
  frame: Uint8Array,
  wasm: WasmSource,
): Promise<RawSamples> => {
  const Decoder = await decoderClass(codec, wasm).catch((error: unknown) => {
    throw new DecoderUnavailable(error instanceof Error ? error.message : String(error));
  });
  try {
    complaint = undefined;
    const decoder = new Decoder();
    const encoded = decoder.getEncodedBuffer(frame.length);
    encoded.set(frame);
    if (codec === 'openjpeg') askForTermination(encoded);
    decoder.decode();
    const samples = samplesOf(decoder);
    decoder.delete();
    if (complaint !== undefined) throw new IncompleteFrame(complaint);
    return samples;
  } catch (error) {
    if (!(error instanceof IncompleteFrame)) loading.delete(codec);
    throw error;
  }
};
