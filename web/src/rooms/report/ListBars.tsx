import type { Answer } from '../../api/contract.ts';
import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { ShareBar } from '../../ui/chart/ShareBar.tsx';
import { useFormat } from '../../ui/format.ts';
import { A, DataTable } from '../../ui/index.tsx';
import css from './lists.module.css';
import { listPeople, parts, type ListItem } from './list-words.tsx';

export type Where = Answer<'GET /v1/lists'>['where'];

/** Rows that were never taken in have nobody behind them: those parts open the people they have. */
const to: Record<(typeof parts)[number]['key'], (list: ListItem, where: Where) => string> = {
  good: (list, where) => listPeople(list.id, 'new', where.good),
  repeated: (list) => listPeople(list.id, 'known'),
  outOfReach: (list, where) => listPeople(list.id, 'new', where.outOfReach),
  junk: (list, where) => listPeople(list.id, 'all', where.junk),
};

/** A bar a list: every name delivered is good, repeated, out of reach or junk. */
export function ListBars({ lists, where, named = true }: { lists: ListItem[]; where: Where; named?: boolean }) {
  const format = useFormat();
  const label = 'What was delivered';
  const table = (
    <DataTable
      phone="scroll"
      caption={label}
      rows={lists}
      rowKey={(row) => row.id}
      columns={[
        { key: 'name', label: 'List', render: (row) => row.name },
        ...parts.map((part) => ({
          key: part.key,
          label: part.label,
          align: 'end' as const,
          render: (row: ListItem) => format.number(row.bar[part.key]),
          to: (row: ListItem) => (row.bar[part.key] ? to[part.key](row, where) : undefined),
        })),
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table}>
      <ul className={css.legend}>
        {parts.map((part) => (
          <li key={part.key} title={part.says}>
            <i style={{ background: `var(--${part.tone}-fill)` }} aria-hidden /> {part.label} <span className="dim">{part.says}</span>
          </li>
        ))}
      </ul>
      <ul className={css.bars} data-named={named || undefined}>
        {lists.map((list) => (
          <li key={list.id}>
            {named && (
              <A to={`/lists/${list.id}`} className={css.name}>
                {list.name}
              </A>
            )}
            <ShareBar
              className={css.bar}
              whole={list.delivered}
              sliver={0.08}
              name={`${list.name},`}
              of={parts.map((part) => ({ key: part.key, n: list.bar[part.key], tone: part.tone, said: `${part.label}: ${format.number(list.bar[part.key])}`, to: to[part.key](list, where) }))}
            />
            {named && <span className={`num ${css.sum}`}>{format.number(list.delivered)}</span>}
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
