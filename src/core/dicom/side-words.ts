import type { Side } from './mammogram-header.ts';

const words = (side: Side, all: string) => all.split(' ').map((word) => [word, side] as const);

/** Words for left and right, upper case and without accents. */
export const SIDE_WORDS: Readonly<Record<string, Side>> = Object.fromEntries([
  ...words('L', 'L LT LEFT GAUCHE LINKS LINKE LINKER LINKEN IZQUIERDA IZQUIERDO IZQ IZDA'),
  ...words('L', 'SINISTRA SINISTRO ESQUERDA ESQUERDO ESQ VANSTER VENSTRE LEWA VASEN'),
  ...words('L', 'ЛЕВАЯ ЛЕВОИ ЛЕВОЙ 左'),
  ...words('R', 'R RT RIGHT DROIT DROITE RECHTS RECHTE RECHTER RECHTEN DERECHA DERECHO DCHA'),
  ...words('R', 'DESTRA DESTRO DIREITA DIREITO HOGER HØJRE HØYRE HOJRE HOYRE PRAWA OIKEA'),
  ...words('R', 'ПРАВАЯ ПРАВОИ ПРАВОЙ 右'),
]) as Readonly<Record<string, Side>>;

/** Side letters that languages of Latin origin put behind: derecha, droite; gauche, izquierda, esquerda. */
export const SIDE_BEHIND: Readonly<Record<string, Side>> = {
  ...SIDE_WORDS,
  ...{ D: 'R', G: 'L', I: 'L', E: 'L', DX: 'R', DIR: 'R', RE: 'R', SX: 'L', LI: 'L' },
};

const VIEW = '(?:X?CC|XCC[LM]|MLO|ML|LM|LAT|\\+)';
/** The last word, behind a view or the breast: "CC dx", "MLO E", "Seno sx". */
const LAST = new RegExp(
  ` (?:${VIEW}|SENO|MAMMELLA|MAMMA|BRUST) (?:\\+ )*(DX|SX|DIR|RE|LI|D|G|I|E)(?: \\d+)? $`,
);
/** Before a view: "li CC". In sentences DX is a diagnosis too. */
const BEFORE = new RegExp(` (LI|RE|DX|SX) ${VIEW}(?= )`);

/**
 * The side that an abbreviation names which means other things elsewhere ("re-take", "Dx mammogram"); of words as
 * view-words takes them, what was taken as "+".
 */
export const sideBesideView = (rest: string, isSentence: boolean): Side | undefined => {
  const [, word = ''] = LAST.exec(rest) ?? BEFORE.exec(rest) ?? [];
  const isBefore = !LAST.test(rest);
  return isSentence && isBefore && /^[DS]X$/.test(word) ? undefined : SIDE_BEHIND[word];
};
