import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, Chip, ConfirmButton, DataTable, ErrorNote, Note, Row, Stack, toast } from '../../ui/index.tsx';
import css from './balance.module.css';
import { figureSaid, figuresOf, unitsSaid, type Proposal } from './balance-words.ts';

const shownAtFirst = 100;

/** What changes hands, to be picked and accepted. */
export function BalanceMoves({ proposal, canAccept }: { proposal: Proposal; canAccept: boolean }) {
  const format = useFormat();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [only, setOnly] = useState<string>();
  const [isWhole, setWhole] = useState(false);
  const [on, setOn] = useState(proposal.asked.effectiveOn > format.today() ? proposal.asked.effectiveOn : format.today());
  const accept = useSend('POST /v1/territories/proposals/:id/accept', {
    stale: ['/v1/territories', '/v1/holders'],
    done: ({ state }) => toast({ message: state === 'due' ? `Accepted. It takes effect on ${format.date(on)}.` : 'Accepted. The territories’ rules have changed.', tone: 'good' }),
  });
  const name = new Map(proposal.sides.map((one) => [one.territoryId, one.name]));
  const moving = proposal.units.filter((unit) => unit.proposed !== null && unit.proposed !== unit.today);
  const near = moving.filter((unit) => only === undefined || unit.today === only || unit.proposed === only);
  const picked = near.filter(({ id }) => !left.has(id));
  const isAll = picked.length === moving.length;
  const between = new Set(picked.flatMap((unit) => [unit.today, unit.proposed!]));
  const shown = figuresOf(proposal);
  const pick = (ids: readonly string[], isPicked: boolean) => {
    const next = new Set(left);
    for (const id of ids) {
      if (isPicked) next.delete(id);
      else next.add(id);
    }
    setLeft(next);
  };
  const sum = (key: (typeof shown)[number]['key']) => picked.reduce((total, unit) => total + unit.figures[key], 0);
  if (moving.length === 0) return <Note>Nothing moves: today’s division is the best that was found.</Note>;
  const isOpen = proposal.accepted === 'due' || proposal.accepted === 'in_force';
  return (
    <Card title="What moves" side={`${unitsSaid(format, moving.length)} of ${format.number(proposal.units.length)}`} id="moves">
      <Stack>
        <div className={css.measures} role="group" aria-label="What goes into or out of">
          <Chip aria-pressed={only === undefined} onClick={() => setOnly(undefined)}>
            All
          </Chip>
          {proposal.sides
            .filter(({ territoryId }) => moving.some((unit) => unit.today === territoryId || unit.proposed === territoryId))
            .map(({ territoryId, name }) => (
              <Chip key={territoryId} aria-pressed={only === territoryId} onClick={() => setOnly(territoryId)}>
                {name}
              </Chip>
            ))}
        </div>
        <DataTable
          caption="Units that move"
          rows={isWhole ? near : near.slice(0, shownAtFirst)}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'unit',
              label: 'Unit',
              sort: (row) => row.id,
              render: (row) =>
                canAccept && !isOpen ? (
                  <Checkbox size="xs" label={row.id} checked={!left.has(row.id)} onChange={(event) => pick([row.id], event.currentTarget.checked)} />
                ) : (
                  row.id
                ),
            },
            { key: 'from', label: 'From', sort: (row) => name.get(row.today) ?? '', render: (row) => name.get(row.today) ?? '' },
            { key: 'to', label: 'To', sort: (row) => name.get(row.proposed!) ?? '', render: (row) => name.get(row.proposed!) ?? '' },
            ...shown.map(({ key, label }) => ({
              key,
              label,
              align: 'end' as const,
              sort: (row: (typeof near)[number]) => row.figures[key],
              render: (row: (typeof near)[number]) => figureSaid(format, proposal.currency, key, row.figures[key]),
              total: figureSaid(format, proposal.currency, key, sum(key)),
            })),
            {
              key: 'worked',
              label: 'Worked with',
              hint: 'Customers and prospects somebody works with already: their next lead goes there, whatever territory they are in',
              align: 'end' as const,
              sort: (row) => row.worked,
              render: (row) => format.number(row.worked),
              total: format.number(picked.reduce((total, unit) => total + unit.worked, 0)),
            },
          ]}
        />
        {near.length > shownAtFirst && !isWhole && (
          <Row end>
            <Button variant="default" size="xs" onClick={() => setWhole(true)}>
              Show all {format.number(near.length)}
            </Button>
          </Row>
        )}
        <ErrorNote error={accept.error} />
        {canAccept && !isOpen && (
          <Row between>
            <Row>
              <Button variant="default" size="xs" onClick={() => pick(near.map(({ id }) => id), picked.length === 0)}>
                {picked.length === 0 ? 'Pick all' : 'Pick none'}
              </Button>
            </Row>
            <Row>
              <TextInput aria-label="In force from" type="date" size="sm" min={format.today()} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
              <ConfirmButton
                gives
                disabled={picked.length === 0 || on === ''}
                loading={accept.isPending}
                sentence={`From ${on > format.today() ? format.date(on) : 'now'} on, new leads from ${unitsSaid(format, picked.length)} go by the new rules of ${between.size} territories. What holders have stays with them. It can be taken back.`}
                confirm="Accept"
                onConfirm={() => accept.mutate({ params: { id: proposal.id }, body: { effectiveOn: on, ...(isAll ? {} : { units: picked.map(({ id }) => id) }) } })}
              >
                {isAll ? 'Accept all' : `Accept ${unitsSaid(format, picked.length)}`}
              </ConfirmButton>
            </Row>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
