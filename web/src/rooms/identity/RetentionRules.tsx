import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, Card, ConfirmButton, DataTable, ErrorNote, Row, SkeletonRows, Stack, When, type DataColumn } from '../../ui/index.tsx';
import css from './identity.module.css';

type Retention = Answer<'GET /v1/privacy/retention'>;
type Rule = Retention['rules'][number];
type Run = Retention['runs'][number];

/** What is let go of by itself, at night: off until somebody has seen what it would take. */
export function RetentionRules() {
  const format = useFormat();
  const answer = useApi('GET /v1/privacy/retention', undefined, { live: ['job'] });
  const rules = answer.data?.rules ?? [];
  const titleOf = new Map(rules.map((one) => [one.rule, one.title]));
  const columns: DataColumn<Run>[] = [
    { key: 'rule', label: 'Rule', render: (run) => titleOf.get(run.rule) ?? run.rule },
    { key: 'at', label: 'When', render: (run) => <When at={run.beganAt} /> },
    { key: 'by', label: 'By', render: (run) => run.beganBy },
    { key: 'before', label: 'Older than', render: (run) => format.date(run.before) },
    { key: 'found', label: 'Found', align: 'end', render: (run) => format.number(run.found) },
    { key: 'cleared', label: 'Let go', align: 'end', render: (run) => (run.trial ? <span className="dim">only tried</span> : format.number(run.cleared)) },
  ];
  return (
    <Card title="Kept no longer than needed">
      {answer.error ? (
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      ) : !answer.data ? (
        <SkeletonRows rows={5} />
      ) : (
        <Stack gap={16}>
          <ul className={css.retention}>
            {rules.map((rule) => (
              <OneRule key={`${rule.rule} ${rule.months} ${rule.most} ${rule.enabled}`} rule={rule} />
            ))}
          </ul>
          {answer.data.runs.length > 0 && <DataTable rows={answer.data.runs.slice(0, 15)} columns={columns} rowKey={(run) => run.id} caption="What the rules did" />}
        </Stack>
      )}
    </Card>
  );
}

function OneRule({ rule }: { rule: Rule }) {
  const format = useFormat();
  const [months, setMonths] = useState(rule.months);
  const [most, setMost] = useState(rule.most);
  const attempt = useSend('POST /v1/privacy/retention/:rule/try', { stale: ['/v1/privacy/retention'] });
  const save = useSend('PUT /v1/privacy/retention/:rule', { stale: ['/v1/privacy/retention'] });
  const params = { rule: rule.rule };
  const isTried = attempt.data !== undefined && attempt.variables.body?.months === months;
  const number = (set: (value: number) => void) => (value: string | number) => {
    const next = Number(value);
    if (Number.isInteger(next) && next > 0) set(next);
  };
  return (
    <li>
      <Row between>
        <b className="strong">{rule.title}</b>
        {rule.enabled ? <Badge tone="sale">on</Badge> : <Badge tone="quiet">off</Badge>}
      </Row>
      <p className="dim">{rule.means}</p>
      <Row>
        <NumberInput label="Older than, months" w={150} min={1} max={240} disabled={rule.enabled} value={months} onChange={number(setMonths)} />
        <NumberInput label="At most a night" w={150} min={1} max={rule.rule === 'people' ? 5000 : 1_000_000} thousandSeparator="," disabled={rule.enabled} value={most} onChange={number(setMost)} />
        {rule.enabled ? (
          <Button style={{ alignSelf: 'end' }} variant="default" loading={save.isPending} onClick={() => save.mutate({ params, body: { enabled: false, months, most } })}>
            Switch off
          </Button>
        ) : (
          <>
            <Button style={{ alignSelf: 'end' }} variant="default" loading={attempt.isPending} onClick={() => attempt.mutate({ params, body: { months } })}>
              Try it
            </Button>
            <div style={{ alignSelf: 'end' }}>
              <ConfirmButton
                disabled={!isTried}
                loading={save.isPending}
                sentence={`From tonight on, up to ${format.number(most)} a night, and nothing brings them back.`}
                confirm="Switch on"
                onConfirm={() => save.mutate({ params, body: { enabled: true, months, most } })}
              >
                Switch on …
              </ConfirmButton>
            </div>
          </>
        )}
      </Row>
      <ErrorNote error={attempt.error ?? save.error} />
      {isTried && (
        <div role="status">
          <p>
            {attempt.data.count === 0 ? 'It would take nothing now.' : `It would take ${format.number(attempt.data.count)} now: what is older than ${format.date(attempt.data.before)}.`}
          </p>
          {attempt.data.sample.length > 0 && (
            <ul className={css.erased} tabIndex={0} aria-label={`The oldest ${attempt.data.sample.length} ${plural(attempt.data.sample.length, 'one')}`}>
              {attempt.data.sample.map((one, at) => (
                <li key={at}>
                  <span>{one.what}</span>
                  <span className="dim">{format.date(one.at)}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  );
}
