/** Path of a Chromium, installed on the way if need be; undefined when none can be had. */
export const findChromium: () => Promise<string | undefined>;
