// One kind in a process of its own: makes input after input as it is told to, and says what became
// of each. The parent ends it when it hangs or takes too much memory.
import { KINDS, type KindName } from './kinds/index.ts';
import { judge, type FromChild, type ToChild } from './verdict.ts';

const [name, seed] = [process.argv[2] as KindName, Number(process.argv[3])];
const kind = await KINDS[name]();

/** Keys of the prototypes that every object has: a hostile file must not add to them. */
const prototypeKeys = () =>
  [Object.prototype, Array.prototype].map((p) => Object.getOwnPropertyNames(p).join()).join();
const clean = prototypeKeys();

const send = (message: FromChild) => process.send?.(message);

/** Largest memory of the process so far, bytes; the kernel counts in kibibytes. */
const peak = () => process.resourceUsage().maxRSS * 1024;

const answer = async (index: number): Promise<FromChild> => {
  const input = await kind.make(seed, index);
  send({ type: 'begun', index });
  const start = process.cpuUsage();
  let verdict;
  try {
    verdict = judge(await kind.run(input));
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    verdict = { outcome: 'crash', detail: text } as const;
  }
  if (prototypeKeys() !== clean)
    verdict = { outcome: 'crash', detail: 'it changed the prototype of all objects' } as const;
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  return { type: 'done', index, ...verdict, milliseconds, peakBytes: peak() };
};

process.on('message', (message: ToChild) => {
  void answer(message.index).then(send, (error: unknown) => {
    // The fuzzer itself is at fault.
    console.error(error);
    process.exit(3);
  });
});
send({ type: 'started' });
