import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { getImport } from './configure-import.ts';
import type { ImportValues } from './import.contract.ts';
import { planImport } from './plan-import.ts';
import { meaningOf, valueListOf } from './value-lists.ts';

const rowsMax = 200_000;
const valuesMax = 100;

/** The different values of columns that stand for something of ours, each with what it will be taken as: said by somebody, else understood. */
export async function listValues(cx: Context, scope: Scope, id: string): Promise<ImportValues> {
  const plan = await planImport(cx, scope, await getImport(cx, scope, id));
  const columns = plan.rows.columns.flatMap(({ index, field, values }) => {
    const list = field && valueListOf(field);
    return list ? [{ index, field, list, said: values, counts: new Map<string, number>() }] : [];
  });
  let rowsRead = 0;
  let header = plan.hasHeader;
  if (columns.length > 0) {
    reading: for await (const rows of plan.read()) {
      for (const { cells } of rows) {
        if (header) {
          header = false;
          continue;
        }
        if (rowsRead === rowsMax) break reading;
        rowsRead++;
        for (const { index, counts } of columns) {
          const text = (cells[index] ?? '').trim();
          if (text !== '' && (counts.has(text) || counts.size < 10_000)) counts.set(text, (counts.get(text) ?? 0) + 1);
        }
      }
    }
  }
  const choices = await cx.db.read(scope, async (tx) => {
    const all = [];
    for (const { list } of columns) all.push(await list.all(tx));
    return all;
  });
  const items = columns.map(({ index, field, list, said, counts }, at) => {
    const values = [...counts].map(([text, count]) => {
      const chosen = said?.get(text.toLowerCase());
      return { text: text.slice(0, 200), count, ours: chosen ?? meaningOf(list, choices[at]!, text) ?? null, said: chosen !== undefined };
    });
    // What nobody understands comes first: that is what somebody has to decide.
    values.sort((a, b) => Number(a.ours !== null) - Number(b.ours !== null) || b.count - a.count);
    return {
      index,
      header: plan.headers[index] || `Column ${index + 1}`,
      field: field.name,
      label: field.label,
      open: list.open,
      choices: choices[at]!,
      different: values.length,
      unknown: values.filter(({ ours }) => ours === null).length,
      values: values.slice(0, valuesMax),
    };
  });
  // A column in which every row says something else holds names, not a vocabulary.
  return { rowsRead, items: items.filter(({ different, unknown }) => different > 0 && !(different > valuesMax && unknown === different)) };
}
