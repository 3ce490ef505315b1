/** A number of places that all openings of the page share. */
export interface Permits {
  readonly most: number;
  /** Waits for `count` places at once, first come first served. Returns the way to give them back. */
  take(count: number): Promise<() => void>;
}

export const createPermits = (most: number): Permits => {
  let free = most;
  const waiting: { readonly count: number; readonly go: () => void }[] = [];
  const serve = (): void => {
    for (let [first] = waiting; first && first.count <= free; [first] = waiting) {
      waiting.shift();
      free -= first.count;
      first.go();
    }
  };
  const take: Permits['take'] = (count) =>
    new Promise((resolve) => {
      const wanted = Math.min(count, most);
      const give = (): void => {
        free += wanted;
        serve();
      };
      waiting.push({ count: wanted, go: () => resolve(give) });
      serve();
    });
  return { most, take };
};
