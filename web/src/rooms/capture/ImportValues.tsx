import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { Badge, Card, Chip, ErrorNote, Row, Stack } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import type { ImportView } from './import-status.tsx';
import css from './import.module.css';

type Column = Answer<'GET /v1/imports/:id/values'>['items'][number];
const nothing = '-';
const asItStands = '';
const shownFirst = 8;

/** Their words for our things: countries, sources, owners, stages. What nobody understands comes first. */
export function ImportValues({ one, changed }: { one: ImportView; changed: () => void }) {
  const answer = useApi('GET /v1/imports/:id/values', { params: { id: one.id } }, { keep: false });
  const save = useSend('PUT /v1/imports/:id', { stale: ['/v1/imports'], done: changed });
  const [said, setSaid] = useState(one.settings.values ?? {});
  const columns = answer.data?.items ?? [];
  if (answer.error) return <ErrorNote error={answer.error} />;
  if (columns.length === 0) return null;
  const set = (column: Column, text: string, ours: string | null) => {
    const key = String(column.index);
    const { [text]: _was, ...rest } = said[key] ?? {};
    setSaid({ ...said, [key]: ours === null ? rest : { ...rest, [text]: ours } });
  };
  const dirty = JSON.stringify(said) !== JSON.stringify(one.settings.values ?? {});
  const unknown = columns.reduce((sum, column) => sum + (column.open ? 0 : column.unknown), 0);
  return (
    <Card
      title="Their words, and what they mean here"
      side={unknown > 0 ? `${unknown} ${plural(unknown, 'value')} nobody understands yet` : undefined}
      flush
    >
      {columns.map((column) => (
        <ColumnValues key={column.index} column={column} said={said[String(column.index)] ?? {}} set={set} />
      ))}
      {(dirty || save.error) && (
        <div className={css.valuesEnd}>
          <Stack gap={8}>
            <ErrorNote error={save.error} />
            <Row end>
              <Button
                variant="default"
                loading={save.isPending}
                onClick={() => save.mutate({ params: { id: one.id }, body: { settings: { values: said } } })}
              >
                Keep, and try again
              </Button>
            </Row>
          </Stack>
        </div>
      )}
    </Card>
  );
}

function ColumnValues({
  column,
  said,
  set,
}: {
  column: Column;
  said: Record<string, string>;
  set: (column: Column, text: string, ours: string | null) => void;
}) {
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? column.values : column.values.slice(0, Math.max(shownFirst, Math.min(column.unknown, 20)));
  const choicesFor = (isUnderstood: boolean) => [
    {
      group: 'Means',
      items: [
        { value: asItStands, label: column.open ? 'Take it as it stands' : isUnderstood ? 'As it is understood' : 'Choose' },
        { value: nothing, label: 'Nothing: leave the cell empty' },
      ],
    },
    { group: column.label, items: column.choices },
  ];
  return (
    <section className={css.values} aria-label={`Values of ${column.header}`}>
      <h3>
        {column.header} <span className="dim">→ {column.label}</span>{' '}
        <span className="dim">
          · {format.number(column.different)} different{column.unknown > 0 && `, ${format.number(column.unknown)} not known`}
        </span>
      </h3>
      <ul>
        {shown.map(({ text, count, ours, said: saidBefore }) => {
          const value = said[text] ?? asItStands;
          const understood = saidBefore ? null : column.choices.find((choice) => choice.value === ours)?.label;
          return (
            <li key={text}>
              <span className={css.theirs} title={text}>
                {text} <span className="dim num">{format.number(count)} ×</span>
              </span>
              <div>
                <Select
                  aria-label={`What ${text} means`}
                  data={choicesFor(Boolean(understood))}
                  value={value}
                  searchable
                  allowDeselect={false}
                  size="xs"
                  onChange={(next) => set(column, text, next === asItStands ? null : next)}
                />
              </div>
              <span className={css.meaning}>
                {value === asItStands &&
                  (understood ? (
                    <span className="dim">{understood}</span>
                  ) : column.open ? (
                    <Badge tone="quiet">new</Badge>
                  ) : (
                    <Badge tone="warm">not understood</Badge>
                  ))}
              </span>
            </li>
          );
        })}
      </ul>
      {shown.length < column.values.length && (
        <div>
          <Chip onClick={() => setAll(true)}>{`Show all ${format.number(column.values.length)}`}</Chip>
        </div>
      )}
    </section>
  );
}
