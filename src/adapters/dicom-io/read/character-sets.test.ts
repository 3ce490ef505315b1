import { expect, it } from 'vitest';
import { mammogramFile } from '../fixtures/build-dicom.ts';
import { readDicom } from './read-dicom.ts';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const nameIn = async (characterSet: string | undefined, bytes: Uint8Array) => {
  const set = characterSet === undefined ? {} : { '00080005': ['CS', characterSet] as const };
  const file = mammogramFile({ ...set, '00100010': ['PN', bytes] });
  const result = await readDicom(file, 'x');
  if (!result.ok) throw new Error(result.error.reason.code);
  const { header, remarks } = result.value;
  return { name: header.personName, said: remarks.map(({ code }) => code) };
};

it.each([
  [
    'UTF-8 cut within a character',
    'ISO_IR 192',
    utf8('Müller^Zoë^山田').slice(0, -1),
    'Müller^Zoë^山',
  ],
  ['UTF-8 without its second byte', 'ISO_IR 192', hex('4C 65 C3 A9 C3'), 'Leé'],
  ['Latin-1 under UTF-8', 'ISO_IR 192', hex('52 65 6E E9'), 'René'],
  ['UTF-8 under Latin-1', 'ISO_IR 100', utf8('Buc^Jérôme'), 'Buc^Jérôme'],
  ['UTF-8 under Latin-2', 'ISO_IR 101', utf8('Dvořák^Žofie'), 'Dvořák^Žofie'],
  ['UTF-8 announced second', 'ISO_IR 100\\ISO_IR 192', utf8('Buc^Jérôme'), 'Buc^Jérôme'],
  ['Latin-1', 'ISO_IR 100', hex('4D FC 6C 6C 65 72'), 'Müller'],
  ['Windows letters under Latin-2', 'ISO_IR 101', hex('8A 6B 6F 64 61 5E 9E E1 6B'), 'Škoda^žák'],
  ['Latin-2', 'ISO_IR 101', hex('A9 6B 6F 64 61'), 'Škoda'],
  ['Cyrillic', 'ISO_IR 144', hex('B8 D2 D0 DD DE D2'), 'Иванов'],
  ['Thai', 'ISO_IR 166', hex('C7 B9'), 'วน'],
  ['GBK under nothing', undefined, hex('CD F5 5E D0 A1 D3 D1'), '王^小友'],
  ['GBK under Latin-1', 'ISO_IR 100', hex('57 61 6E 67 3D CD F5 5E D0 A1 D3 D1'), 'Wang=王^小友'],
  [
    'Shift-JIS under JIS X 0208',
    '\\ISO 2022 IR 87',
    hex('8E 52 93 63 5E 91 BE 98 59'),
    '山田^太郎',
  ],
  ['EUC under JIS X 0208', '\\ISO 2022 IR 87', hex('BB B3 C5 C4 5E C2 C0 CF BA'), '山田^太郎'],
  ['Shift-JIS under nothing', undefined, hex('8E 52 93 63 5E 91 BE 98 59'), '山田^太郎'],
  ['Big5 under Latin-1', 'ISO_IR 100', hex('A4 FD 5E A4 70 AA 46'), '王^小東'],
  [
    'Cyrillic under nothing',
    undefined,
    hex('C8 E2 E0 ED EE E2 E0 5E CC E0 F0 E8 FF'),
    'Иванова^Мария',
  ],
  ['umlauts in a row', 'ISO_IR 100', hex('E9 E9 5E C9'), 'éé^É'],
] as const)('%s', async (_, characterSet, bytes, name) => {
  expect(await nameIn(characterSet, bytes)).toEqual({ name, said: [] });
});

it.each([
  ['Korean or Chinese', undefined, hex('B1 E8 5E C8 F1 C1 DF')],
  ['Cyrillic or Chinese', undefined, hex('C8 E2 E0 ED 5E CD F5 E0 E1')],
  ['KOI8 under nothing', undefined, hex('E9 D7 C1 CE CF D7 C1')],
  ['neither Shift-JIS nor EUC', 'ISO_IR 87', hex('FF FF 41')],
] as const)('%s is not guessed, and said', async (_, characterSet, bytes) => {
  expect((await nameIn(characterSet, bytes)).said).toEqual(['remark.unreadable-name']);
});
