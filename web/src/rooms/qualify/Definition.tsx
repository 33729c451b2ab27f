import { Button, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Badge, Card, ErrorNote, Note, Page, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { AgreementTabs } from './AgreementTabs.tsx';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import css from '../../ui/criteria/criteria.module.css';
import { toCriteria, toTree, unfinished, type GroupNode } from '../../ui/criteria/criteria-tree.ts';

/** When an inquiry counts as a lead: marketing edits it, sales agrees to it, every version is kept. */
export default function Definition() {
  const session = useSession();
  const format = useFormat();
  const canEdit = may(session, ['marketing']);
  const canPreview = may(session, ['marketing', 'sales_manager', 'rep']);
  const answer = useApi('GET /v1/definition', undefined, { live: ['definition'] });
  const [tree, setTree] = useState<GroupNode>();
  const [note, setNote] = useState('');
  const version = answer.data?.version;
  const criteria = answer.data?.criteria;
  useEffect(() => {
    if (criteria) setTree(toTree(criteria));
    // A new version replaces what stands in the editor; the same version fetched again does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [version]);
  const draft = useMemo(() => (tree ? toCriteria(tree) : undefined), [tree]);
  const text = JSON.stringify(draft);
  const isChanged = Boolean(draft && criteria && text !== JSON.stringify(toCriteria(toTree(criteria))));
  const isReady = Boolean(tree && !unfinished(tree));
  const preview = useSend('POST /v1/definition/preview');
  const { mutate: ask } = preview;
  useAskSoon(text, draft && isReady && canPreview && (() => ask({ body: { criteria: draft } })));
  const save = useSend('PUT /v1/definition', {
    stale: ['/v1/definition'],
    done: ({ version: made }) => {
      setNote('');
      toast({ message: `Version ${made} is in force for inquiries from now on.`, tone: 'good' });
    },
  });
  if (!answer.data || !tree || !draft)
    return (
      <Page>
        <AgreementTabs />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const figures = preview.data?.preview ?? answer.data.preview;
  const sentence = preview.data && isReady ? preview.data.sentence : answer.data.sentence;
  const difference = figures.wouldBeLeads - figures.areLeads;
  return (
    <Page>
      <AgreementTabs />
      <Split>
        <Stack>
          <Card
            title={`Version ${answer.data.version}${isChanged ? ', being changed' : ', in force'}`}
            side={answer.data.madeBy ? `by ${answer.data.madeBy}, ${format.when(answer.data.madeAt)}` : undefined}
          >
            <p className={css.sentence}>
              <span className="dim">An inquiry is a lead when</span> {sentence}.
            </p>
          </Card>
          {canEdit && (
            <Card title="Conditions">
              <Stack>
                <CriteriaEditor tree={tree} fields={answer.data.fields} onChange={setTree} />
                {!isReady && <Note tone="warn">A condition has no value yet, so it could never hold. Give it one, or take it out.</Note>}
                <ErrorNote error={save.error ?? preview.error} />
                {isChanged && (
                  <>
                    <TextInput
                      label="Why this changes"
                      placeholder="Agreed with sales on Monday: no students"
                      maxLength={500}
                      value={note}
                      onChange={(event) => setNote(event.currentTarget.value)}
                    />
                    <Row end>
                      <Button variant="default" onClick={() => criteria && setTree(toTree(criteria))}>
                        Back to version {answer.data.version}
                      </Button>
                      <Button
                        loading={save.isPending}
                        disabled={!isReady}
                        onClick={() => save.mutate({ body: { criteria: draft, note: note.trim() || undefined } })}
                      >
                        Put version {answer.data.version + 1} in force
                      </Button>
                    </Row>
                  </>
                )}
              </Stack>
            </Card>
          )}
        </Stack>
        <Stack>
          <Card title="What it would have meant" quiet>
            {figures.inquiries === 0 ? (
              <p className="dim">No inquiry yet to try it on.</p>
            ) : (
              <>
                <p style={{ fontSize: 22, fontWeight: 650 }} className="num">
                  {format.number(figures.wouldBeLeads)}{' '}
                  <span className="dim" style={{ fontSize: 13, fontWeight: 400 }}>
                    of the last {format.number(figures.inquiries)} inquiries ({format.percent(figures.wouldBeLeads / figures.inquiries)})
                  </span>
                </p>
                {difference !== 0 && (
                  <p>
                    <Badge tone={difference > 0 ? 'action' : 'warm'}>
                      {difference > 0 ? '+' : '−'}
                      {format.number(Math.abs(difference))}
                    </Badge>{' '}
                    <span className="dim">against the {format.number(figures.areLeads)} that are leads today</span>
                  </p>
                )}
              </>
            )}
          </Card>
          {preview.data && preview.data.examples.length > 0 && (
            <Card title="For example" quiet>
              <ul style={{ display: 'grid', gap: 8 }}>
                {preview.data.examples.slice(0, 12).map((one) => (
                  <li key={one.inquiryId}>
                    <Badge tone={one.isLead ? 'sale' : 'bad'}>{one.isLead ? 'Lead' : 'Not yet'}</Badge>{' '}
                    <A to={`/inquiries/${one.inquiryId}`}>{one.name}</A>
                    {one.why.length > 0 && (
                      <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                        {one.why.join('; ')}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {answer.data.history.length > 0 && (
            <Card title="Versions" quiet>
              <ul style={{ display: 'grid', gap: 10 }}>
                {answer.data.history.map((one) => (
                  <li key={one.version}>
                    <b className="strong">Version {one.version}</b>{' '}
                    <span className="dim">
                      {one.madeAt ? format.when(one.madeAt) : ''} {one.madeBy && `by ${one.madeBy}`}
                    </span>
                    <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                      {one.note ?? one.sentence}
                    </span>
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </Stack>
      </Split>
    </Page>
  );
}
