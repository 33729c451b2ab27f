import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useFilters } from '../../shell/address.ts';
import { Card, Chip, ErrorNote, Note, Row, Skeleton, SkeletonRows, Stack } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import type { ImportView } from './import-status.tsx';
import { ImportOutcomes } from './ImportOutcomes.tsx';
import { ImportValues } from './ImportValues.tsx';
import css from './import.module.css';

/** Before anything is changed: what the first rows would become, how cells are read, what will not go in. */
export function ImportConsequences({ one }: { one: ImportView }) {
  const format = useFormat();
  const [, setFilters] = useFilters();
  const preview = useSend('POST /v1/imports/:id/preview');
  const start = useSend('POST /v1/imports/:id/start', { stale: ['/v1/imports'], done: () => setFilters({ step: undefined }) });
  const { mutate } = preview;
  useEffect(() => mutate({ params: { id: one.id } }), [mutate, one.id]);
  const back = () => setFilters({ step: undefined });
  const data = preview.data;
  const tried = data?.triedRows ?? 0;
  const share = data && tried > 0 && tried < data.rowsEstimate ? data.rowsEstimate / tried : 1;
  const rows = data?.rowsEstimate ?? one.analysis?.rowsEstimate ?? 0;
  // Known only where every row was read and tried.
  const setAside = data?.complete && tried >= data.rowsRead ? (data.outcomes?.problem ?? 0) : 0;
  const about = (count: number) => `about ${format.number(Number((count * share).toPrecision(2)))}`;
  const fields = data ? data.columns.filter((column) => column.field && column.field !== '-') : [];
  const hasProblems = data?.rows.some(({ problems }) => problems.length > 0) ?? false;
  const remarks = data?.columns.filter((column) => column.sentence) ?? [];
  return (
    <Stack>
      {preview.error && <ErrorNote error={preview.error} retry={() => mutate({ params: { id: one.id } })} />}
      {!data && !preview.error && (
        <Card title="Trying it on the first rows">
          <Skeleton height={14} />
          <SkeletonRows rows={5} />
        </Card>
      )}
      {data && (
        <>
          <Card
            title="What would happen"
            side={[
              data.complete ? `all ${format.number(data.rowsRead)} rows read` : `the first ${format.number(data.rowsRead)} rows read`,
              tried < data.rowsRead && `the first ${format.number(tried)} tried out`,
            ]
              .filter(Boolean)
              .join(', ')}
          >
            <Stack gap={12}>
              {data.outcomes && <ImportOutcomes counts={data.outcomes} />}
              {data.consequences.length > 0 && (
                <ul className={css.consequences}>
                  {data.consequences.map(({ what, count, samples }) => (
                    <li key={what}>
                      <b className="num">{format.number(count)}</b>
                      <span>
                        {what}
                        {share > 1 && <span className="dim"> · {about(count)} in the whole file, if it goes on like this</span>}
                        {samples.length > 0 && (
                          <span className="dim">
                            {samples.join(' · ')}
                            {count > samples.length && ' …'}
                          </span>
                        )}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {share > 1 && (
                <p className="dim">
                  The first {format.number(tried)} of about {format.number(data.rowsEstimate)} rows were taken in for real and taken back.
                  Later rows may also meet these first ones: more of them will be known by then.
                </p>
              )}
              <div>
                {data.sentences.map((sentence) => (
                  <p key={sentence}>{sentence}</p>
                ))}
              </div>
            </Stack>
          </Card>
          <ImportValues one={one} changed={() => mutate({ params: { id: one.id } })} />
          {data.problems.length > 0 && (
            <Card title="What will not go in as it stands" flush>
              <div className={css.preview}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">How often</th>
                      <th scope="col">What is wrong</th>
                      <th scope="col">Then</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.problems.map((problem) => (
                      <tr key={`${problem.kind}-${problem.severity}`}>
                        <td className="num strong">{format.number(problem.count)}</td>
                        <td style={{ whiteSpace: 'normal', maxWidth: 560 }}>{problem.example}</td>
                        <td className="dim">{problem.severity === 'row' ? 'the row is set aside' : 'the row goes in without it'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Card>
          )}
          {remarks.length > 0 && (
            <Card title="How some columns are read" flush>
              <div className={css.preview}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Column</th>
                      <th scope="col">Read as</th>
                      <th scope="col">How</th>
                    </tr>
                  </thead>
                  <tbody>
                    {remarks.map((column) => (
                      <tr key={column.index}>
                        <td className="strong">{column.header}</td>
                        <td>{column.readAs}</td>
                        <td className="dim" style={{ whiteSpace: 'normal', maxWidth: 520 }}>
                          {column.sentence}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Card>
          )}
          <Card title="The first rows" side="as they would be taken in" flush>
            <div className={css.preview} tabIndex={0} role="region" aria-label="The first rows">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Row</th>
                    {hasProblems && <th scope="col">Problem</th>}
                    {fields.map((column) => (
                      <th key={column.index} scope="col">
                        {column.header}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((row) => (
                    <tr key={row.row} data-bad={row.problems.length > 0 || undefined}>
                      <td className="num dim">{row.row}</td>
                      {hasProblems && <td>{row.problems.join(' ')}</td>}
                      {fields.map((column) => (
                        <td key={column.index}>{row.values[column.field as string] ?? ''}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
          {one.kind === 'inquiries' && (
            <Note>
              Each row gets a receipt. Who is already known is recognised, who meets the definition becomes a lead and is handed over at
              once.
            </Note>
          )}
        </>
      )}
      <ErrorNote error={start.error} />
      <Row between>
        <Chip onClick={back}>Back to the columns</Chip>
        <Button loading={start.isPending} disabled={!data} onClick={() => start.mutate({ params: { id: one.id } })}>
          {setAside > 0 ? `Start: bring in ${format.number(rows - setAside)} of ${format.number(rows)} rows` : `Start: bring in ${format.number(rows)} ${plural(rows, 'row')}`}
        </Button>
      </Row>
    </Stack>
  );
}
