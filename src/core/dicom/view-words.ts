import {
  MAMMOGRAPHY_VIEWS,
  type MammographyView,
  type Side,
  type ViewModifier,
} from './mammogram-header.ts';
import { SIDE_BEHIND, SIDE_WORDS, sideBesideView } from './side-words.ts';

/** What the whole words of a text name. */
export interface ViewWords {
  readonly views: ReadonlySet<MammographyView>;
  readonly sides: ReadonlySet<Side>;
  readonly modifiers: ReadonlySet<ViewModifier>;
  /** Whether it speaks of the breast or of mammography at all. */
  readonly breast: boolean;
}

/** Upper case, without accents, every run of other than letters and digits one space. */
const wordsIn = (text: string): string =>
  ` ${text
    // Before Hangul comes apart: left and right, as words or before Latin letters.
    .replace(/(?<!\p{Script=Hangul})좌측?(?!\p{Script=Hangul})/gu, ' 左 ')
    .replace(/(?<!\p{Script=Hangul})우측?(?!\p{Script=Hangul})/gu, ' 右 ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll('ß', 'SS')
    .replace(/([\p{Script=Han}])/gu, ' $1 ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;

/** Words that say that something is not so take what follows with them. */
const NEGATED = / (?:NO|NON|NOT|WITHOUT|OHNE|KEINE?|SANS|SIN|SENZA|SEM) \p{L}+(?= )/gu;

const MEDIO = '(?:MEDIO|MEDIA|MEDIAL)';
const LATERO = '(?:LATERO|LATERAL)';
const LATERAL = 'LAT(?:ERAL(?:E|ES|IS|A|LY|NA)?)?';
const MEDIAL = 'MED(?:IAL(?:E|ES|IS|LY)?)?';
const OBLIQUE = '(?:OBLIQUE|OBLIQUA|OBLIQUO|OBLICUA|OBLICUO|OBLIQ|OBL|SCHRAG|SCHRAEG|SCHIEF|SKRA)';
const CRANIO = '(?:CRANIO|CRANIAL|CRANEO|KRANIO|CRANI)';
const CAUDAL = '(?:CAUDAL(?:E|ES|IS)?|CAUDAD|KAUDAL)';
const CC = `(?:${CRANIO} ?${CAUDAL}|CC)`;
const EXAGGERATED = '(?:EXAGG?|EXAGGERATED|EXAGERAD[AO]|EXAGEREE?|UBERTRIEBEN|X)';

/** Phrases in the order in which they are looked for; what one has taken no later one sees. */
const VIEW_PHRASES: readonly (readonly [RegExp, MammographyView])[] = (
  [
    [
      `${LATERAL} ${EXAGGERATED} ?${CC}|${EXAGGERATED} ?${CC}L? ${LATERAL}|${CC} ${EXAGGERATED} ${LATERAL}|${EXAGGERATED} ${LATERAL} ${CC}`,
      'XCCL',
    ],
    [
      `${MEDIAL} ${EXAGGERATED} ?${CC}|${EXAGGERATED} ?${CC}M? ${MEDIAL}|${CC} ${EXAGGERATED} ${MEDIAL}|${EXAGGERATED} ${MEDIAL} ${CC}`,
      'XCCM',
    ],
    [`${EXAGGERATED} ${CC}|${CC} ${EXAGGERATED}`, 'XCC'],
    [`(?:CAUDO|KAUDO) ?(?:CRANIAL|KRANIAL)(?:E|ES|IS)?|FROM BELOW`, 'FB'],
    [`SUPERO ?${LATERAL}(?: TO)? INFERO ?${MEDIAL} ${OBLIQUE}`, 'SIO'],
    [`INFERO ?${MEDIAL}(?: TO)? SUPERO ?${LATERAL} ${OBLIQUE}`, 'ISO'],
    [`${LATERO} ?${MEDIAL} ?${OBLIQUE}|${OBLIQUE} ?${LATERO} ?${MEDIAL}|LM ${OBLIQUE}`, 'LMO'],
    [
      `${MEDIO} ?${LATERAL} ?${OBLIQUE}|${OBLIQUE} ?${MEDIO} ?${LATERAL}|${MEDIO} ?${OBLIQUE}|ML ${OBLIQUE}|OML`,
      'MLO',
    ],
    [`${MEDIO} ?${LATERAL}`, 'ML'],
    [`${LATERO} ?${MEDIAL}`, 'LM'],
    [`${CRANIO} ?${CAUDAL}|FACE|ПРЯМАЯ|КК|头 尾 位?|頭 尾 (?:方 向)?`, 'CC'],
    [`内 外 斜 位?|內 外 斜 位?|内 外 斜 方 向`, 'MLO'],
    [`内 外 侧 位?|內 外 側 位?`, 'ML'],
    [`外 内 侧 位?`, 'LM'],
    [`AXILLARY TAIL|CLEOPATRA`, 'AT'],
    [`CLEAVAGE|VALLEY VIEW`, 'CV'],
    [`SPECIMEN|PRAPARAT(?:E?RADIOGRA(?:PH|F)IE)?|PIECE OPERATOIRE|ESPECIMEN`, 'SPECIMEN'],
    [`${OBLIQUE}|КОСАЯ|МЛО`, 'MLO'],
    [
      `(?:TRUE |STRICT |90 |)(?:${LATERAL}|LAT|LATL|PROFIL|PROFILE|PERFIL|PROFILO|SEITLICH)(?: STRICT)?|侧 位`,
      'LAT',
    ],
  ] as const
).map(([pattern, view]) => [new RegExp(` (?:${pattern})(?= )`, 'gu'), view]);

const MODIFIER_PHRASES: readonly (readonly [RegExp, ViewModifier])[] = (
  [
    ['IMPLANT(?:S|E|AT)? DISPLACED|EKLUND|IMPLANT(?:AT)?VERDRANGT|I D(?= )', 'implant displaced'],
    ['ROLL(?:ED)? (?:LATERAL(?:LY)?|OUT)', 'rolled lateral'],
    ['ROLL(?:ED)? (?:MEDIAL(?:LY)?|IN)', 'rolled medial'],
    ['ROLL(?:ED)? (?:SUPERIOR(?:LY)?|UP)', 'rolled superior'],
    ['ROLL(?:ED)? (?:INFERIOR(?:LY)?|DOWN)', 'rolled inferior'],
    ['NIPPLE IN PROFILE', 'nipple in profile'],
    ['ANTERIOR COMPRESSION', 'anterior compression'],
    ['INFRA ?MAMMARY FOLD', 'infra-mammary fold'],
    [
      '(?:SPOT|FOCAL|CONE|CONED)(?: COMPRESSION| VIEW)?|COMPRESSION (?:LOCALISEE|FOCALIZADA)|COMPRESION FOCALIZADA|ZIELAUFNAHME|(?:CLICHE )?CENTRE LOCALISE|COMPRESSIONE MIRATA',
      'spot compression',
    ],
    [
      'MAG(?:N|NIF|NIFIED|NIFICATION|NIFICADA|NIFICACION)?(?: VIEW)?|AGRANDI(?:E|SSEMENT)?|VERGROSSERUNG|VERGROESSERUNG|INGRANDIMENTO|AMPLIACAO',
      'magnification',
    ],
    ['TANG(?:ENTIAL(?:E)?|ENCIAL)?', 'tangential'],
  ] as const
).map(([pattern, modifier]) => [new RegExp(` (?:${pattern})(?= )`, 'gu'), modifier]);

const VIEW_NAMES: ReadonlySet<string> = new Set(MAMMOGRAPHY_VIEWS);
/** Views whose short names mean other things too, so that in a sentence they count only beside a side. */
const EVERYDAY: ReadonlySet<string> = new Set(['AT', 'CV', 'ISO', 'FB', 'SIO']);

/** Short forms of modifiers glued to a view: "RCCID", "LMLOM". */
const GLUED: Readonly<Record<string, ViewModifier>> = {
  ID: 'implant displaced',
  MAG: 'magnification',
  SPOT: 'spot compression',
  TAN: 'tangential',
  IMF: 'infra-mammary fold',
  RL: 'rolled lateral',
  RM: 'rolled medial',
  RS: 'rolled superior',
  RI: 'rolled inferior',
  NP: 'nipple in profile',
  AC: 'anterior compression',
  AX: 'axillary tissue',
  AT: 'axillary tail',
  CV: 'cleavage',
  M: 'magnification',
  S: 'spot compression',
};
/** Longest first, so that "CC" is not found in "XCCL". LAT before L and AT: a lateral is not left. */
const VIEWS_IN_TOKENS = [...MAMMOGRAPHY_VIEWS].sort((a, b) => b.length - a.length);
/** "MLAT" is a magnified lateral or an ML of the axillary tail. */
const AFTER_VIEW = Object.keys(GLUED).map((key) =>
  /^(?:AT|CV)$/.test(key) ? `(?<=CC|MLO)${key}` : key,
);
const TOKEN = new RegExp(
  `^(?:(?<before>LEFT|RIGHT|LT|RT|L|R)(?<first>MAG|SPOT|M|S)??)?(?<view>${VIEWS_IN_TOKENS.join('|')})` +
    `(?<modifiers>(?:${AFTER_VIEW.join('|')})*)(?<after>LEFT|RIGHT|LT|RT|L|R|D|G|I|E)?(?<number>\\d{0,2})$`,
);
/** Modifiers that a description names by their short form too, behind a view. */
const SHORT_IN_SENTENCES = /^(?:ID|TAN|IMF)$/;

const EVERY_MODIFIER = new RegExp(Object.keys(GLUED).join('|'), 'g');

interface Found {
  readonly views: Set<MammographyView>;
  readonly sides: Set<Side>;
  readonly modifiers: Set<ViewModifier>;
}

const readToken = (token: string, found: Found, isSentence: boolean, before: string): void => {
  if (VIEW_NAMES.has(token) && !(isSentence && EVERYDAY.has(token) && !(before in SIDE_WORDS))) {
    found.views.add(token as MammographyView);
    return;
  }
  const side = SIDE_WORDS[token];
  if (side) {
    found.sides.add(side);
    return;
  }
  const isAfterView = found.views.size > 0;
  if (token in GLUED && (isSentence ? isAfterView && SHORT_IN_SENTENCES.test(token) : true))
    found.modifiers.add(GLUED[token] as ViewModifier);
  const tangential = isSentence ? undefined : /^([LR])TAN$/.exec(token)?.[1];
  if (tangential) {
    found.sides.add(tangential as Side);
    found.modifiers.add('tangential');
  }
  if (VIEW_NAMES.has(token)) return;
  const parts = TOKEN.exec(token)?.groups;
  if (!parts?.['view']) return;
  const isLoose = EVERYDAY.has(parts['view']) && parts['before'] === undefined;
  const isForeign = /^[DGIE]$/.test(parts['after'] ?? '') && !/^(?:CC|MLO)$/.test(parts['view']);
  const isNoView = EVERYDAY.has(parts['view']) && parts['first'] !== undefined;
  if (isForeign || isNoView || (isSentence && isLoose)) return;
  found.views.add(parts['view'] as MammographyView);
  const named = [parts['before'], parts['after']].filter((s) => s !== undefined);
  for (const each of named) found.sides.add(SIDE_BEHIND[each] as Side);
  for (const [short] of `${parts['first'] ?? ''} ${parts['modifiers'] ?? ''}`.matchAll(
    EVERY_MODIFIER,
  ))
    found.modifiers.add(GLUED[short] as ViewModifier);
};

/** Of two names of one view the more exact one; of a view and a part of it, the part as its modifier. */
const settle = ({ views, modifiers }: Found): void => {
  if (views.has('ML') || views.has('LM')) views.delete('LAT');
  if (views.has('XCCL') || views.has('XCCM')) views.delete('XCC');
  for (const [part, modifier] of [
    ['CV', 'cleavage'],
    ['AT', 'axillary tail'],
  ] as const)
    if (views.size > 1 && views.delete(part)) modifiers.add(modifier);
};

const BREAST =
  /(?: |^)(?:BREASTS?|[LR]BREAST|MAMM?OGRA[A-Z]*|MAMMO?|MAMMA|MAMMAE|MG|SEINS?|BRUST|BRYST|BROST|BORST|MAMA|MAMAS|MAMELLE|SENO|SENI|MAMELLA|МОЛОЧНАЯ|乳|乳 腺|乳 房)(?= |$)/u;

/**
 * Views, sides and modifiers named by the whole words of a text: "LCC" and "L CC" are left CC, "LM" is
 * the lateromedial view and says nothing of the side, "LAT" is a lateral and not left, "FILM" and "CALM"
 * say nothing at all. `isSentence`: a description, where "at" and "ISO" are words like others.
 */
export const wordsOf = (text: string, isSentence = false): ViewWords => {
  const found: Found = { views: new Set(), sides: new Set(), modifiers: new Set() };
  const all = wordsIn(text);
  let rest = all.replace(NEGATED, ' ');
  if (!isSentence) rest = rest.replace(/ C C(?= )/, ' CC').replace(/ M ?L O(?= )/, ' MLO');
  const take = <T>(phrases: readonly (readonly [RegExp, T])[], into: Set<T>) => {
    for (const [pattern, value] of phrases)
      rest = rest
        .replace(pattern, () => {
          into.add(value);
          // A gap, so that what stood on either side does not become one phrase.
          return ' + ';
        })
        .replace(/ {2,}/g, ' ');
  };
  take(MODIFIER_PHRASES, found.modifiers);
  take(VIEW_PHRASES, found.views);
  let before = '';
  for (const token of rest.split(' ').filter((word) => word !== '')) {
    readToken(token, found, isSentence, before);
    before = token;
  }
  const side = found.sides.size === 0 ? sideBesideView(rest, isSentence) : undefined;
  if (side) found.sides.add(side);
  settle(found);
  return { ...found, breast: BREAST.test(all) };
};
