import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState, type FormEvent } from 'react';
import type { Answer, Input } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import css from '../../ui/criteria/criteria.module.css';
import { toCriteria, toTree, unfinished, type GroupNode } from '../../ui/criteria/criteria-tree.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, ErrorNote, Note, Row, SkeletonRows, Split, Stack } from '../../ui/index.tsx';

type Segment = Answer<'GET /v1/segments/:id'>;
type Given = NonNullable<Input<'POST /v1/segments'>['body']>;

const of = { person: ['person', 'people'], organization: ['company', 'companies'] } as const;

/** Conditions on the left, whom they find now on the right: the count follows the writing. */
export function SegmentBuilder({
  segment,
  send,
  cancel,
}: {
  segment?: Segment;
  send: { mutate: (given: Given) => void; isPending: boolean; error: Error | null };
  cancel: () => void;
}) {
  const format = useFormat();
  const [subject, setSubject] = useState<Given['subject']>(segment?.subject ?? 'person');
  const [kind, setKind] = useState<'live' | 'static'>(segment?.kind ?? 'live');
  const [name, setName] = useState(segment?.name ?? '');
  const [note, setNote] = useState(segment?.note ?? '');
  const [tree, setTree] = useState<GroupNode>(() => toTree(segment?.criteria ?? { all: [] }));
  const fields = useApi('GET /v1/segments/fields', { query: { subject } }, { staleTime: 60_000 });
  const criteria = useMemo(() => toCriteria(tree), [tree]);
  const isReady = !unfinished(tree);
  const preview = useSend('POST /v1/segments/preview');
  const { mutate: ask } = preview;
  useAskSoon(JSON.stringify({ subject, criteria }), isReady && (() => ask({ body: { subject, criteria } })));
  const found = isReady ? preview.data : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ name: name.trim(), note: note.trim() || null, subject, kind, criteria });
  };
  return (
    <form onSubmit={submit}>
      <Split>
        <Stack>
          <Card title="Who is meant">
            <Stack>
              {!segment && (
                <SegmentedControl
                  aria-label="Of whom"
                  data={[
                    { value: 'person', label: 'People' },
                    { value: 'organization', label: 'Companies' },
                  ]}
                  value={subject}
                  onChange={(value) => {
                    setSubject(value);
                    setTree(toTree({ all: [] }));
                  }}
                />
              )}
              {fields.data ? <CriteriaEditor tree={tree} fields={fields.data.items} onChange={setTree} /> : <SkeletonRows rows={2} />}
              {!isReady && <Note tone="warn">A condition has no value yet, so it could never hold. Give it one, or take it out.</Note>}
              <ErrorNote error={fields.error ?? preview.error} />
              {found?.problems.map((problem) => (
                <Note key={problem} tone="warn">
                  {problem}
                </Note>
              ))}
            </Stack>
          </Card>
          <Card title="Keep it">
            <Stack gap={12}>
              <TextInput label="Name" required maxLength={120} placeholder="Pump users nobody visited" value={name} onChange={(event) => setName(event.currentTarget.value)} />
              <TextInput
                label="What it is for"
                maxLength={1000}
                placeholder="Invitation to the spring fair"
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <SegmentedControl
                aria-label="Live or frozen"
                data={[
                  { value: 'live', label: 'Live: follows what happens' },
                  { value: 'static', label: 'Frozen: as it is now' },
                ]}
                value={kind}
                onChange={(value) => setKind(value)}
              />
              <ErrorNote error={send.error} />
              <Row end>
                <Button variant="default" onClick={cancel}>
                  Cancel
                </Button>
                <Button type="submit" loading={send.isPending} disabled={!isReady || !name.trim() || (found?.problems.length ?? 0) > 0}>
                  {segment ? 'Save' : 'Make it'}
                </Button>
              </Row>
            </Stack>
          </Card>
        </Stack>
        <Stack>
          <Card title="Now" quiet>
            <div aria-live="polite" aria-busy={preview.isPending || undefined}>
              {found?.count === undefined || found.count === null ? (
                <p className="dim">{preview.isPending ? 'Counting …' : 'Complete the conditions, and they are counted here.'}</p>
              ) : (
                <p style={{ fontSize: 22, fontWeight: 650, opacity: preview.isPending ? 0.5 : 1 }} className="num">
                  {format.number(found.count)}{' '}
                  <span className="dim" style={{ fontSize: 13, fontWeight: 400 }}>
                    {plural(found.count, of[subject][0], of[subject][1])}
                  </span>
                </p>
              )}
              {found && (
                <p className={css.sentence}>
                  {found.sentence === 'always' ? (
                    `${subject === 'person' ? 'Everybody' : 'Every company'}, as long as there is no condition.`
                  ) : (
                    <>
                      <span className="dim">{subject === 'person' ? 'People of whom' : 'Companies of which'}</span> {found.sentence}.
                    </>
                  )}
                </p>
              )}
            </div>
          </Card>
          {found && found.sample.length > 0 && (
            <Card title="For example" quiet>
              <ul style={{ display: 'grid', gap: 8 }}>
                {found.sample.map((one) => (
                  <li key={one.id}>
                    <A to={subject === 'person' ? `/people/${one.id}` : `/organizations/${one.id}`}>{one.name}</A>
                    <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                      {[one.title, one.organization, one.city].filter(Boolean).join(' · ') || ' '}
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </Stack>
      </Split>
    </form>
  );
}
