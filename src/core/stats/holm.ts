/** Holm's step-down adjusted p values, in the order given (Holm 1979); R's p.adjust(p, "holm"). */
export const holm = (p: readonly number[]): number[] => {
  const order = p.map((_, i) => i).sort((i, j) => (p[i] as number) - (p[j] as number));
  const adjusted = new Array<number>(p.length);
  let worst = 0;
  order.forEach((index, rank) => {
    worst = Math.max(worst, (p.length - rank) * (p[index] as number));
    adjusted[index] = Math.min(1, worst);
  });
  return adjusted;
};
