/** What may come out of the zip archives of one opening. Guards against archives made to fill memory. */
export interface ArchiveLimits {
  readonly mostFiles: number;
  /** Bytes of one unpacked file. */
  readonly largestFile: number;
  /** Bytes of all unpacked files together. */
  readonly largestTotal: number;
  /** Unpacked bytes over packed bytes of one file, where it is larger than `ratioFloor` bytes. */
  readonly highestRatio: number;
  readonly ratioFloor: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  // A disc with a tomosynthesis study as single images and its viewer holds a few thousand files.
  mostFiles: 20_000,
  // As for files that are opened directly: larger than any two-dimensional mammogram.
  largestFile: 2 ** 30,
  // A patient's current and prior exams of 16-bit images are well below; so is a DVD (4.7 GB) of one.
  largestTotal: 4 * 2 ** 30,
  // Mammograms shrink 2 to 20 times, since half of them is air; bombs come close to deflate's 1032.
  highestRatio: 200,
  // One image of 4096 x 5624 pixels of 16 bits is 44 MiB and may be blank: harmless at any ratio.
  ratioFloor: 2 ** 26,
};
