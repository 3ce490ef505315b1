/** A port of the loopback address that was free a moment ago. */
export const freePort: () => Promise<number>;
