/** What the build knows of itself. */
export interface BuildInfo {
  readonly version: string;
  /** A hash of all that the page is made of, or "development". */
  readonly build: string;
  /** SHA-256 in hex of each shipped pack's manifest.json, by the pack's id. */
  readonly packs: Readonly<Record<string, string>>;
  /** Licence texts of what is built in, below the page's folder. */
  readonly licences: string;
}
