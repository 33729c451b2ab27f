import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { listZip, packedBytes } from './zip-check.rules.ts';
import { sheetRows } from './workbook.ts';

const rows = Array.from({ length: 30_000 }, (_, n): (string | number | boolean | Date | null)[] => [`Person ${n}`, n % 3 === 0 ? new Date(Date.UTC(2026, n % 12, 1 + (n % 28))) : null, n / 4, n % 2 === 0, n % 7 === 0 ? '' : `Firm ${n % 5000}`]);
const workbook = async (): Promise<Buffer> => Buffer.from(await writeXlsx({ sheets: [{ name: 'Cover', rows: [['nothing here']] }, { name: 'People', rows: [['Name', 'Date', 'Worth', 'Yes', 'Firm'], ...rows] }] }));

it('reads a long sheet of several, whoever asks quickly or slowly, to the last cell', async () => {
  const bytes = await workbook();
  const found: string[][] = [];
  for await (const { row, cells } of sheetRows(bytes, 'People')) {
    expect(row).toBe(found.length + 1);
    found.push(cells);
    if (row % 9000 === 0) await new Promise((go) => setTimeout(go, 20));
  }
  expect(found).toHaveLength(rows.length + 1);
  expect(found[3]).toEqual(['Person 2', '', '0.5', 'true', 'Firm 2']);
  expect(found.slice(-3)[0]).toEqual(['Person 29997', '2026-10-10', '7499.25', 'false', 'Firm 4997']);
});

it('may be left at any row', async () => {
  for await (const { row } of sheetRows(await workbook(), 'People')) if (row === 5) break;
  for await (const { cells } of sheetRows(await workbook(), undefined)) expect(cells).toEqual(['nothing here']);
});

it('refuses what is no workbook', async () => {
  const read = async (): Promise<void> => {
    for await (const row of sheetRows(Buffer.from('PK\u0003\u0004 and no more'), undefined)) expect(row).toBeUndefined();
  };
  await expect(read()).rejects.toThrow(/could not be read/);
});

it('keeps hundreds of thousands of different texts as their letters, not as objects', async () => {
  const texts = 150_000;
  const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'Sheet1', rows: Array.from({ length: texts / 2 }, (_, n) => [`Person number ${n}`, `Firm & Sons <${n}>`]) }] }));
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  const before = process.memoryUsage().heapUsed;
  const rowsFound = sheetRows(bytes, undefined);
  await rowsFound.next();
  gc();
  const grown = process.memoryUsage().heapUsed - before;
  // An object per text would be a hundred bytes each at the very least.
  expect(grown / texts).toBeLessThan(40);
  let count = 1;
  let last: string[] = [];
  for await (const { cells } of rowsFound) [count, last] = [count + 1, cells];
  expect([count, last]).toEqual([texts / 2, [`Person number ${texts / 2 - 1}`, `Firm & Sons <${texts / 2 - 1}>`]]);
}, 60_000);

/** An archive of parts, packed or not, so that sheets can be written as other programs write them. */
function archive(parts: Record<string, string>): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(parts)) {
    const [name, plain] = [Buffer.from(path), Buffer.from(content)];
    const packed = deflateRawSync(plain);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(plain.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(plain.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    local.push(head, name, packed);
    directory.push(entry, name);
    at += head.length + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 8);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, ...directory, end]);
}
const partsOf = async (): Promise<Record<string, string>> => {
  const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'S', rows: [['a', 'b'], [1, 'c']] }] }));
  return Object.fromEntries(listZip(bytes)!.map((entry) => [entry.name, (entry.method === 8 ? inflateRawSync(packedBytes(bytes, entry)!) : packedBytes(bytes, entry)!).toString()]));
};
const all = async (bytes: Buffer): Promise<string[][]> => {
  const found: string[][] = [];
  for await (const { cells } of sheetRows(bytes, undefined)) found.push(cells);
  return found;
};

it('reads shared texts as other programs write them, as the reader of whole workbooks does', async () => {
  const sst = `<?xml version="1.0"?><x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>Plain &amp; simple</x:t></x:si><x:si><x:r><x:rPr><x:b/></x:rPr><x:t xml:space="preserve">Bold </x:t></x:r><x:r><x:t>&#252;ber &#x1F600;</x:t></x:r></x:si><x:si/><x:si><x:t/></x:si><x:si><x:t>東京</x:t><x:rPh sb="0" eb="2"><x:t>トウキョウ</x:t></x:rPh></x:si><x:si><x:t>a_x000D_b</x:t></x:si><x:si><x:t>12</x:t></x:si></x:sst>`;
  const cells = `<row r="1"><c r="A1" t="s"><v>0</v></c><c t='s' r="B1"><v>1</v></c><c r="C1" s="0" t = "s" ><v> 2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>
    <row r="2"><c r="A2" t="s"><v>5</v></c><c r="B2" t="s"><v>6</v></c><c r="C2" t="s"><v>99</v></c><c r="D2" t="str"><v>12</v></c><c r="E2" t="e"><v>#N/A</v></c><c r="F2"><v>12</v></c><c r="G2" t="inlineStr"><is><t>own</t></is></c></row>`;
  const parts = await partsOf();
  const sheet = parts['xl/worksheets/sheet1.xml']!.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${cells}</sheetData>`);
  const bytes = archive({ ...parts, 'xl/sharedStrings.xml': sst, 'xl/worksheets/sheet1.xml': sheet });
  expect(await all(bytes)).toEqual([
    ['Plain & simple', 'Bold über 😀', '', '', '東京'],
    ['a\rb', '12', '', '12', '#N/A', '12', 'own'],
  ]);
  const whole = (await readXlsx(bytes)).sheets[0]!.rows;
  expect(whole[0]!.slice(0, 2)).toEqual(['Plain & simple', 'Bold über 😀']);
});

it('reads a text in CDATA, which only the reader of whole workbooks knows', async () => {
  const parts = await partsOf();
  const bytes = archive({ ...parts, 'xl/sharedStrings.xml': parts['xl/sharedStrings.xml']!.replace('<t>a</t>', '<t><![CDATA[R&D]]></t>') });
  expect((await all(bytes))[0]).toEqual(['R&D', 'b']);
});
