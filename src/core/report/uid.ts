const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The UID of a UUID: 2.25 and the 128-bit integer in decimal (DICOM PS3.5 B.2). Throws on no UUID. */
export const uidFromUuid = (uuid: string): string => {
  if (!UUID.test(uuid)) throw new Error(`not a UUID: ${uuid}`);
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`;
};

/** The UUID that a UID was made from; undefined for a UID of another root. */
export const uuidFromUid = (uid: string): string | undefined => {
  const decimal = /^2\.25\.(0|[1-9]\d{0,38})$/.exec(uid)?.[1];
  if (decimal === undefined || BigInt(decimal) >= 1n << 128n) return undefined;
  const hex = BigInt(decimal).toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** 32 bits of FNV-1a over the UTF-16 code units, mixed once more (murmur3's finaliser). */
const hash32 = (text: string, seed: number): number => {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** The same UUID (version 8, RFC 9562) for the same text. */
const uuidOfText = (text: string): string => {
  const hex = [1, 2, 3, 4].map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('');
  const marked = `${hex.slice(0, 12)}8${hex.slice(13, 16)}8${hex.slice(17)}`;
  return marked.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** The UID of an id: that of a UUID comes back from it (uuidFromUid); another id is hashed. */
export const uidOfId = (id: string): string => uidFromUuid(UUID.test(id) ? id : uuidOfText(id));

/** A UID that follows a lesion through every object that names it. */
export const trackingUid = (lesionId: string): string => uidOfId(lesionId);
