import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, ConfirmButton, ErrorNote, Row, Stack } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import type { ImportView } from './import-status.tsx';
import css from './import.module.css';

/** The way back. Where somebody changed rows since, it shows which and asks what becomes of that. */
export function ImportUndo({ one }: { one: ImportView }) {
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const undo = useSend('POST /v1/imports/:id/undo', { stale: ['/v1/'] });
  const since = useApi('GET /v1/imports/:id/changed-since', { params: { id: one.id } }, { enabled: asking, keep: false });
  const start = () =>
    undo.mutate(
      { params: { id: one.id } },
      {
        onError: (error) => {
          if (error.problem.code === 'capture/changed-since') setAsking(true);
        },
      },
    );
  const decide = (changedSince: 'keep' | 'overwrite') => undo.mutate({ params: { id: one.id }, body: { changedSince } });
  if (!asking)
    return (
      <>
        <ConfirmButton
          sentence={`All ${format.number(one.counts.rows)} rows are taken back: what is new goes, what was updated is as before, leads from it end as withdrawn.`}
          confirm="Undo the import"
          onConfirm={start}
          loading={undo.isPending}
        >
          Undo the import
        </ConfirmButton>
        <ErrorNote error={undo.error} />
      </>
    );
  const count = since.data?.count ?? 0;
  return (
    <div className={css.asked}>
      <Card title={`${format.number(count)} ${plural(count, 'row')} changed since`}>
        <Stack gap={12}>
          <p>Somebody changed these after the import had. Everything else goes back either way.</p>
          <ul className={css.since} tabIndex={0} aria-label="Changed since">
            {(since.data?.items ?? []).map(({ id, label, fields }) => (
              <li key={id}>
                <b>{label}</b>
                {fields.map(({ field, before, imported, since: now }) => (
                  <span key={field} className="dim">
                    {' '}
                    · {field}: “{before ?? 'nothing'}” before, “{imported ?? 'nothing'}” by the import, “{now ?? 'nothing'}” now
                  </span>
                ))}
              </li>
            ))}
          </ul>
          <ErrorNote error={undo.error?.problem.code === 'capture/changed-since' ? null : undo.error} />
          <Row>
            <Button loading={undo.isPending} onClick={() => decide('keep')}>
              Undo, but keep these changes
            </Button>
            <Button variant="default" loading={undo.isPending} onClick={() => decide('overwrite')}>
              Undo these, too
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Leave it as it is
            </Button>
          </Row>
        </Stack>
      </Card>
    </div>
  );
}
