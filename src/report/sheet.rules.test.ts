import { describe, expect, it } from 'vitest';
import { csvOf, defuse } from './sheet.rules.ts';

describe('csvOf', () => {
  it('quotes, and keeps numbers numbers', () => {
    const sheet = {
      name: 's',
      columns: [
        { label: 'Source', kind: 'text' as const },
        { label: 'Sales', kind: 'number' as const },
      ],
      rows: [
        ['Fair, "north"', -3],
        [null, 0],
      ],
    };
    expect(csvOf(sheet)).toBe('\ufeffSource,Sales\r\n"Fair, ""north""",-3\r\n,0\r\n');
  });
  it('defuses what a spreadsheet would run', () => {
    for (const text of ['=1+1', '+49', '-2', '@cmd', '\t=1', ' =1', '＝1']) expect(defuse(text).startsWith("'")).toBe(true);
    expect(defuse('a=b')).toBe('a=b');
  });
});
