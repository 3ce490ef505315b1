import type { Dice } from './dice.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Container = Json[] | { [key: string]: Json };

/** A place in the tree: the container and the key of the value. */
interface Place {
  readonly container: Container;
  readonly key: string | number;
}

const isContainer = (value: Json): value is Container =>
  typeof value === 'object' && value !== null;

const placesOf = (root: Json, most = 20_000): Place[] => {
  const places: Place[] = [];
  const waiting: Json[] = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isContainer(next) || places.length > most) continue;
    for (const [key, value] of Object.entries(next)) {
      places.push({ container: next, key: Array.isArray(next) ? Number(key) : key });
      waiting.push(value);
    }
  }
  return places;
};

const get = ({ container, key }: Place): Json => (container as Record<string, Json>)[key] as Json;

/** `__proto__` as a key of its own, as JSON.parse makes it. */
const set = ({ container, key }: Place, value: Json): void => {
  Object.defineProperty(container, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
};

const NUMBERS = [
  0,
  -0,
  -1,
  0.5,
  1,
  1e-300,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 2,
  1e21,
  65_536,
  1e9,
];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '0'];

/** JSON text nests deeper than JSON.stringify can: the marks are replaced in the text. */
const DEEP = '"@deep@"';

const otherValue = (dice: Dice): Json =>
  dice.pick<() => Json>([
    () => null,
    () => true,
    () => [],
    () => ({}),
    () => dice.pick(NUMBERS),
    () => dice.pick(NUMBERS),
    () => dice.pick(HOSTILE_TEXTS),
    () => 'x'.repeat(dice.size(200_000)),
    () => '@deep@',
    () => Object.fromEntries([[dice.pick(KEYS), { polluted: true }]]),
  ])();

type TreeMutation = (places: readonly Place[], dice: Dice) => void;

const replace: TreeMutation = (places, dice) => set(dice.pick(places), otherValue(dice));

const remove: TreeMutation = (places, dice) => {
  const { container, key } = dice.pick(places);
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
};

const nudge: TreeMutation = (places, dice) => {
  const numbers = places.filter((place) => typeof get(place) === 'number');
  if (numbers.length > 0) set(dice.pick(numbers), dice.pick(NUMBERS));
};

const addKey: TreeMutation = (places, dice) => {
  const place = dice.pick(places);
  const value = get(place);
  if (isContainer(value) && !Array.isArray(value))
    set({ container: value, key: dice.pick(KEYS) }, otherValue(dice));
};

const transplant: TreeMutation = (places, dice) =>
  set(dice.pick(places), structuredClone(get(dice.pick(places))));

/** The same entry again and again: lists grow, and what is quadratic in them shows. */
const multiply: TreeMutation = (places, dice) => {
  const lists = places.map(get).filter((value) => Array.isArray(value) && value.length > 0);
  if (lists.length === 0) return;
  const list = dice.pick(lists) as Json[];
  const entry = dice.pick(list);
  const weight = JSON.stringify(entry).length;
  const times = Math.min(dice.size(200_000), Math.ceil(8_000_000 / weight));
  for (let n = 0; n < times; n++) list.push(entry);
};

const all: readonly TreeMutation[] = [
  replace,
  replace,
  replace,
  remove,
  nudge,
  nudge,
  addKey,
  transplant,
];
/** Share of inputs in which, at last, a list is made long. */
const MULTIPLIED = 0.15;

const deepText = (dice: Dice): string => {
  const depth = dice.size(200_000);
  const [open, close] = dice.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
};

/** One to eight damages to the structure of a JSON text. */
export const mutateJson = (text: string, dice: Dice): string => {
  const root = JSON.parse(text) as Json;
  for (let n = dice.size(8); n > 0; n--) {
    const places = placesOf(root);
    if (places.length > 0) dice.pick(all)(places, dice);
  }
  if (dice.chance(MULTIPLIED)) multiply(placesOf(root), dice);
  // Deep where it first occurs, plain text elsewhere: a copied mark must not make gigabytes.
  return JSON.stringify(root).replace(DEEP, () => deepText(dice));
};
