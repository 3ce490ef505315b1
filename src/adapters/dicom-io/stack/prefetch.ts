/** Of what is fetched ahead, the share that lies in the direction of travel. */
const AHEAD = 0.75;

/**
 * The slices about one that are worth having next, at most `room` of them, nearest first and more of
 * them where the reader is going: `direction` is 1, -1 or 0 (none yet). Without the slice itself.
 */
export const prefetchOrder = (
  index: number,
  direction: number,
  count: number,
  room: number,
): readonly number[] => {
  const most = Math.min(room, count - 1);
  const way = direction < 0 ? -1 : 1;
  const there = way > 0 ? count - 1 - index : index;
  const back = count - 1 - there;
  const wanted = Math.round(most * (direction === 0 ? 0.5 : AHEAD));
  // What one end has no slices for goes to the other.
  const ahead = Math.min(there, Math.max(wanted, most - back));
  const behind = most - ahead;
  const share = behind === 0 ? 0 : ahead / behind;
  const order: number[] = [];
  for (let a = 0, b = 0; a + b < most;)
    if (a < ahead && (b >= behind || a < share * (b + 1))) order.push(index + way * ++a);
    else order.push(index - way * ++b);
  return order;
};
