import { codestreamStart } from './codestream-size.ts';

const SIZ = 0xff51;
const COD = 0xff52;
const COC = 0xff53;
const SOT = 0xff90;
/** Code-block style (T.800 A.6.1, table A.19): predictable termination. */
const PREDICTABLE = 0x10;

/**
 * Sets "predictable termination" in the main header of a JPEG 2000 codestream, in place. It changes no
 * decoded value; for it OpenJPEG says where a code block's data end elsewhere than its decoding does. Streams have no
 * check sums, but a decoder that took a wrong byte is soon astray by hundreds: so damage in mid-stream is found
 * that no marker or length tells of. Leaves what is no such stream as it is; never throws.
 */
export const askForTermination = (bytes: Uint8Array): void => {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const set = (at: number) => {
    if (at < bytes.length) bytes[at] = (bytes[at] as number) | PREDICTABLE;
  };
  let components = 1;
  for (
    let at = codestreamStart(data) + 2;
    at + 4 <= bytes.length;
    at += 2 + data.getUint16(at + 2)
  ) {
    const marker = data.getUint16(at);
    if (marker === SOT) return;
    if (marker === SIZ && at + 40 <= bytes.length) components = data.getUint16(at + 38);
    if (marker === COD) set(at + 12);
    if (marker === COC) set(at + (components < 257 ? 9 : 10));
  }
};
