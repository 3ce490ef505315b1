// How many single changed bytes of a picture are found, for each transfer syntax (docs/fuzzing.md):
//   npm run pipeline -- fuzz:bytes [--flips 1000] [--seed 1] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { flipBytes, flippable, type FlippedBytes } from './flip-bytes.ts';

const { values } = parseArgs({
  options: {
    flips: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

const results: FlippedBytes[] = [];
for (const file of flippable()) {
  const result = await flipBytes(file, Number(values.flips), Number(values.seed));
  results.push(result);
  const { refused, cautioned, harmless, silent } = result;
  console.log(
    `${file}: refused ${refused}, cautioned ${cautioned}, harmless ${harmless}, silent ${silent}`,
  );
}
if (values.json) {
  const record = { seed: Number(values.seed), results };
  writeFileSync(values.json, `${JSON.stringify(record, undefined, 2)}\n`);
}
