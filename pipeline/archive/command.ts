// Scores a whole archive in batch (docs/archive.md):
//   npm run archive -- --dicomweb URL --redis URL      and on further machines the same with --worker
//   npm run archive -- --folder DIR                    without any server
// Exit code 0: all done or stopped; 3: some studies failed (see --status); 1: nothing could be done.
import { readOptions, USAGE } from './options.ts';
import { runArchive } from './run.ts';
import { fail } from '../fail.ts';

const main = async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help')) return console.log(USAGE);
  let options;
  try {
    options = readOptions(args);
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${USAGE}`);
  }
  try {
    process.exitCode = await runArchive(options, (text) => console.log(text));
  } catch (error) {
    fail((error as Error).message);
  }
};

await main();
