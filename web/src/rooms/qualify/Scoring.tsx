import { Button, Modal, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, Card, Chip, EmptyState, ErrorNote, FormGrid, Note, Page, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { AgreementTabs } from './AgreementTabs.tsx';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import css from '../../ui/criteria/criteria.module.css';
import { toCriteria, toTree, unfinished, type FieldChoice } from '../../ui/criteria/criteria-tree.ts';

type Scheme = Answer<'GET /v1/scoring'>['scheme'];
type Rule = Scheme['rules'][number];

/** Points for who they are (fit) and for what they did (interest, fading); from points to hot, warm, cold. */
export default function Scoring() {
  const session = useSession();
  const format = useFormat();
  const canEdit = may(session, ['marketing']);
  const answer = useApi('GET /v1/scoring', undefined, { live: ['definition'] });
  const [scheme, setScheme] = useState<Scheme>();
  const [editing, setEditing] = useState<Rule>();
  const version = answer.data?.version;
  useEffect(() => {
    if (answer.data) setScheme(answer.data.scheme);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [version]);
  const save = useSend('PUT /v1/scoring', {
    stale: ['/v1/scoring', '/v1/leads'],
    done: ({ version: made }) => toast({ message: `Version ${made} is in force. Open leads are being scored anew.`, tone: 'good' }),
  });
  if (!answer.data || !scheme)
    return (
      <Page>
        <AgreementTabs />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const { fields, sentences } = answer.data;
  const isChanged = JSON.stringify(scheme) !== JSON.stringify(answer.data.scheme);
  const set = (patch: Partial<Scheme>) => setScheme({ ...scheme, ...patch });
  const put = (rule: Rule) =>
    set({
      rules: scheme.rules.some((one) => one.id === rule.id)
        ? scheme.rules.map((one) => (one.id === rule.id ? rule : one))
        : [...scheme.rules, rule],
    });
  const most = Math.max(scheme.hotFrom * 1.4, scheme.hotFrom + 20);
  const group = (kind: Rule['kind'], title: string, side: string) => {
    const rules = scheme.rules.filter((rule) => rule.kind === kind).sort((one, two) => two.points - one.points);
    return (
      <Card title={title} side={side} flush>
        {rules.length === 0 && <EmptyState title="No rule">Nothing of this kind adds or takes points yet.</EmptyState>}
        {rules.map((rule) => (
          <div key={rule.id} className={css.rule}>
            <span className={css.points} style={{ color: rule.points < 0 ? 'var(--hot)' : 'var(--sale)' }}>
              {rule.points < 0 ? '−' : '+'}
              {Math.abs(rule.points)}
            </span>
            <span>
              <b className="strong">{rule.label}</b>
              <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                {sentences[rule.id] ?? 'changed, not saved yet'}
              </span>
            </span>
            {canEdit && (
              <Row>
                <Chip onClick={() => setEditing(rule)} aria-label={`Change ${rule.label}`}>
                  Change
                </Chip>
                <Chip onClick={() => set({ rules: scheme.rules.filter((one) => one.id !== rule.id) })} aria-label={`Remove ${rule.label}`}>
                  Remove
                </Chip>
              </Row>
            )}
          </div>
        ))}
        {canEdit && (
          <div style={{ padding: '10px 16px', borderTop: '1px solid var(--line-soft)' }}>
            <Chip
              onClick={() =>
                setEditing({ id: crypto.randomUUID?.() ?? `rule-${Date.now()}`, label: '', kind, points: 10, when: { all: [] } })
              }
            >
              + Rule
            </Chip>
          </div>
        )}
      </Card>
    );
  };
  return (
    <Page>
      <AgreementTabs />
      <Split>
        <Stack>
          {group('fit', 'Fit: who they are', 'stays')}
          {group('interest', 'Interest: what they did', `halves every ${scheme.halfLifeDays} days`)}
        </Stack>
        <Stack>
          <Card title="From points to grade" quiet>
            <Stack gap={12}>
              <div className={css.scale} aria-hidden>
                <span
                  style={{ width: `${(Math.max(0, scheme.warmFrom) / most) * 100}%`, background: 'var(--cold-soft)', color: 'var(--cold)' }}
                >
                  C Cold
                </span>
                <span
                  style={{
                    width: `${(Math.max(0, scheme.hotFrom - scheme.warmFrom) / most) * 100}%`,
                    background: 'var(--warm-soft)',
                    color: 'var(--warm)',
                  }}
                >
                  W Warm
                </span>
                <span style={{ flex: 1, background: 'var(--hot-soft)', color: 'var(--hot)' }}>H Hot</span>
              </div>
              <FormGrid>
                <NumberInput
                  label="Warm from"
                  disabled={!canEdit}
                  value={scheme.warmFrom}
                  onChange={(value) => set({ warmFrom: Number(value) || 0 })}
                />
                <NumberInput
                  label="Hot from"
                  disabled={!canEdit}
                  value={scheme.hotFrom}
                  onChange={(value) => set({ hotFrom: Number(value) || 0 })}
                />
              </FormGrid>
              {scheme.hotFrom <= scheme.warmFrom && <Note tone="warn">Hot must begin above warm, else nothing is warm.</Note>}
              <NumberInput
                label="Interest halves every (days)"
                description="What somebody did last month says less than what they did today."
                min={1}
                disabled={!canEdit}
                value={scheme.halfLifeDays}
                onChange={(value) => set({ halfLifeDays: Number(value) || 1 })}
              />
            </Stack>
          </Card>
          <Card title={`Version ${answer.data.version}`} quiet>
            <p className="dim">
              {answer.data.madeBy
                ? `By ${answer.data.madeBy}, ${format.when(answer.data.madeAt)}. ${answer.data.note ?? ''}`
                : 'As Baton came.'}
            </p>
          </Card>
          <ErrorNote error={save.error} />
          {isChanged && (
            <Note tone="warn">
              <Stack gap={8}>
                <span>Changed, not in force yet. Open leads will be scored anew in the background.</span>
                <Row end>
                  <Button variant="default" size="xs" onClick={() => setScheme(answer.data?.scheme)}>
                    Drop changes
                  </Button>
                  <Button
                    size="xs"
                    loading={save.isPending}
                    disabled={scheme.hotFrom <= scheme.warmFrom}
                    onClick={() => save.mutate({ body: { scheme } })}
                  >
                    Put in force
                  </Button>
                </Row>
              </Stack>
            </Note>
          )}
        </Stack>
      </Split>
      {editing && (
        <RuleEditor
          rule={editing}
          fields={fields}
          close={() => setEditing(undefined)}
          put={(rule) => {
            put(rule);
            setEditing(undefined);
          }}
        />
      )}
    </Page>
  );
}

function RuleEditor({ rule, fields, close, put }: { rule: Rule; fields: FieldChoice[]; close: () => void; put: (rule: Rule) => void }) {
  const [form, setForm] = useState(rule);
  const [tree, setTree] = useState(() => toTree(rule.when));
  const isReady = form.label.trim() !== '' && form.points !== 0 && tree.children.length > 0 && !unfinished(tree);
  return (
    <Modal opened onClose={close} title={rule.label ? `Change “${rule.label}”` : 'New scoring rule'} size={760} data-overlay-open>
      <Stack>
        <FormGrid>
          <TextInput
            label="What a rep reads as the reason"
            placeholder="Asked for a quote"
            data-autofocus
            maxLength={120}
            value={form.label}
            onChange={(event) => {
              const label = event.currentTarget.value;
              setForm((was) => ({ ...was, label }));
            }}
          />
          <NumberInput
            label="Points"
            min={-100}
            max={100}
            allowDecimal={false}
            value={form.points}
            onChange={(points) => setForm((was) => ({ ...was, points: Number(points) || 0 }))}
          />
        </FormGrid>
        <SegmentedControl
          aria-label="Kind"
          data={[
            { value: 'fit', label: 'Fit: stays' },
            { value: 'interest', label: 'Interest: fades' },
          ]}
          value={form.kind}
          onChange={(kind) => setForm((was) => ({ ...was, kind: kind }))}
        />
        <CriteriaEditor tree={tree} fields={fields} onChange={setTree} />
        <Row between>
          {isReady ? <span /> : <Badge tone="quiet">needs a reason, points, and a finished condition</Badge>}
          <Row>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button disabled={!isReady} onClick={() => put({ ...form, label: form.label.trim(), when: toCriteria(tree) })}>
              Take it
            </Button>
          </Row>
        </Row>
      </Stack>
    </Modal>
  );
}
