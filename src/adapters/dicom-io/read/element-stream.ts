import dicomParser, { type ByteArrayParser, type ByteStream } from 'dicom-parser';
import { hasLongForm } from './data-set-encoding.ts';

/** An object has more items than any picture or index: thousands of frames have some ten each. */
export class TooManyItems extends Error {}

const MOST_ITEMS = 2 ** 18;
const ITEM_GROUP = 0xfffe;
const ITEM_ELEMENT = 0xe000;

/**
 * What the library reads elements from. It takes OV, SV and UV, which are younger than it, for VRs with
 * a short length: they go by UN here. Throws TooManyItems, since items of no bytes cost time and memory.
 */
export const elementStream = (parser: ByteArrayParser, bytes: Uint8Array, at = 0): ByteStream => {
  const stream = new dicomParser.ByteStream(parser, bytes, at);
  const { readFixedString, readUint32 } = stream;
  let count = 0;
  const isItemBefore = (position: number): boolean =>
    position >= 4 &&
    parser.readUint16(bytes, position - 4) === ITEM_GROUP &&
    parser.readUint16(bytes, position - 2) === ITEM_ELEMENT;
  stream.readFixedString = (length) => {
    const read = readFixedString.call(stream, length);
    return hasLongForm(read) && read.endsWith('V') ? 'UN' : read;
  };
  stream.readUint32 = () => {
    if (isItemBefore(stream.position) && ++count > MOST_ITEMS) throw new TooManyItems();
    return readUint32.call(stream);
  };
  return stream;
};
