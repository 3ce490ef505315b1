/** Version of the pack's JSON files. A pack of another version is refused, not guessed at. */
export const PACK_SCHEMA_VERSION = 1;
