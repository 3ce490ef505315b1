// In the place of the process that reads and scores: does what a poisoned file would do to it, as the
// study's name tells: "hang", "crash", "memory", "refuse"; anything else comes to a report.
import type { FromScorer, ToScorer } from '../score/messages.ts';

const send = (answer: FromScorer) => process.send?.(answer);
const memory = 0;
const hoard: Uint8Array[] = [];

process.on('message', (asked: ToScorer) => {
  if (asked.ask === 'finish')
    return send({
      answer: 'done',
      memory,
      finished: {
        report: Uint8Array.of(1),
        studyInstanceUid: '1',
        images: 1,
        refused: 0,
        findings: 0,
      },
    });
  const study = asked.ask === 'begin' ? asked.job.studies[0] : '';
  if (study === 'hang') for (;;);
  if (study === 'crash') process.abort();
  if (study === 'refuse') return send({ answer: 'refused', memory, reason: 'Not for scoring.' });
  if (study === 'memory')
    return void setInterval(() => hoard.push(new Uint8Array(2 ** 26).fill(1)), 5);
  send({ answer: 'done', memory });
});
send({ answer: 'ready', memory });
