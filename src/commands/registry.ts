import type { Command } from './command.ts';

type Offer = () => readonly Command[];

/** Who offers commands at the moment, the latest last. Read when a key is pressed or a list opened. */
const offers = new Set<Offer>();

/** Offers commands until the returned function is called. */
export const offerCommands = (offer: Offer): (() => void) => {
  offers.add(offer);
  return () => offers.delete(offer);
};

/** All commands on offer now, in the order in which their owners came. */
export const commandsOnOffer = (): readonly Command[] => [...offers].flatMap((offer) => offer());

/** The command of a key; where two claim it, the one that came last, which lies on top. */
export const commandOfKey = (key: string): Command | undefined =>
  commandsOnOffer().findLast((command) => command.keys?.includes(key));

/** Runs a command by its id, as a button does that asks for what another part offers. */
export const runCommand = (id: string): void =>
  commandsOnOffer()
    .findLast((command) => command.id === id)
    ?.run();
