/** Marks of different lesions; light and distinct on grey, and told apart without red and green. */
const COLOURS = ['#ffd166', '#5cc8ff', '#ff8fab', '#b8f2a0', '#cdb4ff', '#ffb56b'] as const;

export const lesionColour = (number: number): string =>
  COLOURS[(number - 1) % COLOURS.length] ?? COLOURS[0];
