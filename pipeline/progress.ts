/** A line on stderr that counts up with its rate; on a terminal it is redrawn in place. */
export interface Progress {
  step(count?: number): void;
  done(): void;
}

const REDRAW_MS = 200;
const LOG_MS = 10_000;

export const progress = (label: string, total: number, unit: string): Progress => {
  const start = Date.now();
  const terminal = process.stderr.isTTY === true;
  let [count, drawn] = [0, 0];
  const line = () => {
    const seconds = Math.max((Date.now() - start) / 1000, 1e-3);
    const filled = Math.round((24 * count) / Math.max(total, 1));
    const bar = '#'.repeat(filled).padEnd(24, '.');
    return `${label} [${bar}] ${count}/${total} ${unit}, ${(count / seconds).toFixed(1)} a second`;
  };
  const draw = (last: boolean) => {
    if (terminal) process.stderr.write(`\r${line()}${last ? '\n' : ''}`);
    else process.stderr.write(`${line()}\n`);
    drawn = Date.now();
  };
  return {
    step: (n = 1) => {
      count += n;
      if (Date.now() - Math.max(drawn, start) > (terminal ? REDRAW_MS : LOG_MS)) draw(false);
    },
    done: () => draw(true),
  };
};
