import { describe, expect, it } from 'vitest';
import { parseCsv } from './csv.ts';
import { isLoneBox, readRois } from './rois.ts';

const HEAD = 'image,patient,side,view,lesion,x,y,width,height,pathology';
const read = (...lines: string[]) => {
  const table = readRois([HEAD, ...lines].join('\n'));
  if (!table.ok) throw new Error(table.error);
  return table.value;
};
const GOOD = 'a.png,p1,L,CC,p1_L_1,10,20,30,40,malignant';

describe('parseCsv', () => {
  it('reads quotes, line ends and a byte order mark, and numbers lines as an editor does', () => {
    const { columns, rows } = parseCsv('\ufeffa,b\r\n"1,""x""",2\r\n\r\n"two\nlines",3\r\nlast,4');
    expect(columns).toEqual(['a', 'b']);
    expect(rows).toEqual([
      { line: 2, cells: { a: '1,"x"', b: '2' } },
      { line: 4, cells: { a: 'two\nlines', b: '3' } },
      { line: 6, cells: { a: 'last', b: '4' } },
    ]);
  });

  it.each([
    ['semicolons', 'a;b\n1,2;3\n', { a: '1,2', b: '3' }],
    ['tabs', 'a\tb\n1;2\t3\n', { a: '1;2', b: '3' }],
    ['lines that end in CR alone', 'a,b\r1,2\r', { a: '1', b: '2' }],
  ])('reads %s, as other programs write them', (_, text, cells) => {
    expect(parseCsv(text).rows).toEqual([{ line: 2, cells }]);
  });

  it('takes a quotation mark within a cell as one', () => {
    const { rows, problems } = parseCsv('a,b\n5" round,1\nx,2\n');
    expect(rows.map(({ cells }) => cells.a)).toEqual(['5" round', 'x']);
    expect(problems).toEqual([]);
  });

  it.each([
    ['is never closed', 'a,b\n1,2\n"open,3\n4,5\n', 4],
    ['is closed by that of a later cell', 'a,b\n1,2\n"open,3\n"4",5\n', 4],
  ])('loses no row unsaid where a quotation mark %s', (_, text, last) => {
    const { rows, problems } = parseCsv(text);
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(problems.map(({ line }) => line)).toEqual([3]);
    expect(problems[0]?.reason).toContain(`lines 3 to ${last}`);
  });

  it('leaves a row out that has more cells than the header, and takes empty ones for none', () => {
    const { rows, problems } = parseCsv('a,b\n1,5,2\n3,4,,\n');
    expect(rows).toEqual([{ line: 3, cells: { a: '3', b: '4' } }]);
    expect(problems).toEqual([{ line: 2, reason: 'the row has 3 cells, the header 2' }]);
  });
});

describe('isLoneBox', () => {
  it('knows boxes whose partner in the other view is not known by the end of their id', () => {
    expect(['p1_L_box1', 'p1_L_box12', 'p1_L_1', 'p1_box1_L', 'box_box'].map(isLoneBox)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('readRois', () => {
  it('reads a row, with a pathology that may be unknown', () => {
    const { rois, problems } = read(GOOD, 'b.png,p2,R,MLO,p2_R_1,1,2,30,40,');
    expect(problems).toEqual([]);
    expect(rois[0]).toMatchObject({
      line: 2,
      image: 'a.png',
      box: { x: 10, y: 20, width: 30, height: 40 },
      malignant: true,
    });
    expect(rois[1]).not.toHaveProperty('malignant');
    expect(rois[1]).not.toHaveProperty('pixelAspect');
  });

  it.each([
    ['a.png,p1,L,CC,p1_L_1,10,20,30,40,perhaps', 'pathology "perhaps" is unknown'],
    ['a.png,p1,L,CC,p1_L_1,10,20,wide,40,benign', 'width is "wide"'],
    ['a.png,p1,L,CC,p1_L_1,10,20,30,,benign', 'height is ""'],
    ['a.png,p1,L,CC,p1_L_1,10,20,0,40,benign', 'the box is 0 x 40'],
    [',p1,L,CC,p1_L_1,10,20,30,40,benign', 'image is empty'],
    ['a.png,,L,CC,p1_L_1,10,20,30,40,benign', 'patient is empty'],
  ])('names the line and reason of a bad row: %s', (row, reason) => {
    const { rois, problems } = read('ok.png,p0,L,CC,p0_L_1,1,2,30,40,benign', row);
    expect(rois).toHaveLength(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(3);
    expect(problems[0]?.reason).toContain(reason);
  });

  it('refuses rows that contradict an earlier one', () => {
    const { rois, problems } = read(
      GOOD,
      'b.png,p2,L,MLO,p1_L_1,1,2,30,40,malignant',
      'b.png,p1,L,MLO,p1_L_1,1,2,30,40,benign',
    );
    expect(rois).toHaveLength(1);
    expect(problems.map((p) => p.line)).toEqual([3, 4]);
    expect(problems[0]?.reason).toContain('belongs to patient p1 on line 2');
    expect(problems[1]?.reason).toContain('another pathology on line 2');
  });

  it('refuses the same lesion on the same image again, which would count twice', () => {
    const { rois, problems } = read(GOOD, GOOD, GOOD.replace(',10,', ',11,'));
    expect(rois.map(({ line }) => line)).toEqual([2]);
    expect(problems.map((p) => p.line)).toEqual([3, 4]);
    expect(problems[0]?.reason).toContain('lesion p1_L_1 is marked on a.png on line 2 already');
  });

  it('names rows that are no rows of a table', () => {
    const { rois, problems } = read(GOOD, '"b.png,p2,R,CC,p2_R_1,1,2,30,40,benign');
    expect(rois).toHaveLength(1);
    expect(problems.map((p) => p.line)).toEqual([3]);
  });

  it('refuses a patient in two folds', () => {
    const table = readRois(
      `${HEAD},fold\n${GOOD},0\nb.png,p1,R,CC,p1_R_1,1,2,30,40,benign,1\nc.png,p2,R,CC,p2_R_1,1,2,30,40,benign,1`,
    );
    expect(table.ok && table.value.rois.map((r) => r.fold)).toEqual([0, 1]);
    expect(table.ok && table.value.problems).toEqual([
      { line: 3, reason: 'patient p1 is in fold 0 on line 2, here in 1' },
    ]);
  });

  it('says which columns are missing', () => {
    const table = readRois('image,patient\na.png,p1');
    expect(!table.ok && table.error).toBe('the table has no column lesion, x, y, width, height');
  });
});
