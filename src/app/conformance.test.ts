import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ISO_IR_NUMBERS } from '../adapters/dicom-io/read/character-sets.ts';
import { DOCUMENT_CLASSES, isDocumentClass } from '../adapters/dicom-io/objects/read-object.ts';
import { DICOMDIR_CLASS, PICTURE_CLASSES } from '../adapters/dicom-io/read/identity.ts';
import { EXTENSIONS } from '../adapters/dicom-io/read/iso-2022.ts';
import { TRANSFER_SYNTAXES } from '../adapters/dicom-io/read/transfer-syntax.ts';
import { V } from '../adapters/dicom-sr/concepts.ts';
import { REPORT_SOP_CLASSES } from '../adapters/dicom-sr/index.ts';
import { matchingKeys } from '../adapters/dicomweb/study-query.ts';
import { takeLaunch } from './launch.ts';

const statement = readFileSync('docs/conformance.md', 'utf8');

/** The text under a heading that begins with this number. */
const section = (number: number): string => {
  const [, text] = statement.split(new RegExp(`^## ${number}\\. `, 'm'));
  return text?.split(/^## /m)[0] ?? '';
};
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
const uidsIn = (text: string): string[] =>
  rows(text)
    .flat()
    .filter((cell) => /^[0-9.]{10,}$/.test(cell));
const numbersIn = (text: string): string[] => text.match(/\b\d+\b/g) ?? [];

describe('the conformance statement', () => {
  it('lists the classes that are read and no other', () => {
    const read = [...PICTURE_CLASSES, ...DOCUMENT_CLASSES, DICOMDIR_CLASS];
    expect(uidsIn(section(2)).sort()).toEqual([...read].sort());
    expect(DOCUMENT_CLASSES.filter((uid) => !isDocumentClass(uid))).toEqual([]);
    expect(DOCUMENT_CLASSES).toEqual(expect.arrayContaining([...REPORT_SOP_CLASSES]));
  });

  it('lists the transfer syntaxes that are read, by name', () => {
    const listed = rows(section(3))
      .slice(1)
      .filter(([, name]) => !/^-/.test(name ?? ''));
    expect(listed.map(([, name, uid]) => [name, uid])).toEqual(
      TRANSFER_SYNTAXES.map(({ name, uid }) => [name, uid]),
    );
  });

  it('lists what is written', () => {
    expect(uidsIn(section(4)).sort()).toEqual([...REPORT_SOP_CLASSES].sort());
  });

  it('lists the character sets that are decoded', () => {
    const [alone = '', extended = ''] = section(6).split('With code extensions');
    expect(numbersIn(alone).sort()).toEqual([...ISO_IR_NUMBERS].sort());
    // ASCII, JIS X 0201 Romaji, JIS X 0208 and JIS X 0212 go by their escape sequences alone.
    const listed = numbersIn(extended.split('.')[0] ?? '').filter((n) => n !== '2022');
    expect(listed.sort()).toEqual([...EXTENSIONS.keys(), '6', '14', '87', '159'].sort());
  });

  it('names the keys that studies are searched by', () => {
    const keys = matchingKeys({
      patientName: 'a',
      patientId: 'b',
      accessionNumber: 'c',
      studyInstanceUid: '1.2',
      from: '2026-01-01',
      modality: 'MG',
    });
    if (!keys.ok) throw new Error(keys.error.code);
    const listed = /Matching keys of a search for studies: (.*?);/.exec(section(5))?.[1] ?? '';
    expect(listed.match(/\w+/g)?.sort()).toEqual([...keys.value.keys()].sort());
  });

  it('names the parameters of a launch', () => {
    const [, line = ''] = /A launch by address: (.*?)\. `docs/.exec(section(5)) ?? [];
    const named = [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? '');
    const further = ['requestType', 'lowerDateTime', 'upperDateTime', 'mostRecentResults'];
    expect(named).toHaveLength(5 + further.length);
    for (const name of named.filter((each) => !further.includes(each))) {
      const { launch, rest } = takeLaunch(new URLSearchParams({ [name]: '1.2.3' }));
      expect([name, launch !== undefined, rest.size]).toEqual([name, true, 0]);
    }
  });

  it('quotes the codes of the summaries as they are written', () => {
    const said = section(4);
    for (const { value, meaning } of [
      V.notAttempted,
      V.presentationRequired,
      V.presentationOptional,
      V.notForPresentation,
    ])
      expect(said).toContain(`(${value}, DCM, "${meaning}")`);
  });
});
