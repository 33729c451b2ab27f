import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useGo } from '../../shell/address.ts';
import { Simulations } from './Simulations.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Badge, Card, Chip, ConfirmButton, ErrorNote, Page, PageTitle, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { RoutingCheck } from './RoutingCheck.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RuleList } from './RuleList.tsx';
import { TeamForm } from './TeamForm.tsx';
import { blankRule, type Rule, type Team } from './routing-words.ts';

/** By which rules a lead finds its holder: a draft is written and checked, then published as the next version. */
export default function Routing() {
  const format = useFormat();
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/routing', undefined, { live: ['routing', 'team'] });
  const teams = useApi('GET /v1/teams', undefined, { live: ['team', 'holder'] });
  const routing = answer.data;
  const base = routing?.draft ?? routing?.inForce;
  const [rules, setRules] = useState<Rule[]>();
  const [editing, setEditing] = useState<{ rule: Rule; isNew: boolean }>();
  const [team, setTeam] = useState<Team | 'new'>();
  const state = base && `${base.version} ${base.changedAt} ${base.publishedAt ?? ''}`;
  useEffect(() => {
    if (routing) setRules(base?.rules ?? []);
    // What is in the editor stays until another version, or another draft of it, is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state, routing === undefined]);
  const stale = ['/v1/routing'];
  const save = useSend('PUT /v1/routing/draft', { stale });
  const drop = useSend('DELETE /v1/routing/draft', { stale, done: () => setRules(routing?.inForce?.rules ?? []) });
  const publish = useSend('POST /v1/routing/publish', {
    stale,
    done: ({ version }) => toast({ message: `Version ${version} decides every lead from now on.`, tone: 'good' }),
  });
  const go = useGo();
  const simulate = useSend('POST /v1/routing/simulations', { stale: ['/v1/routing/simulations'], done: ({ id }) => go(`/routing/${id}`) });
  const removeTeam = useSend('DELETE /v1/teams/:id', { stale: ['/v1/teams'] });
  const next = 1 + (routing?.inForce?.version ?? 0);
  const title = (
    <PageTitle
      title="Routing rules"
      question="By which rules does a lead find its holder?"
      side={canEdit && <Button onClick={() => setEditing({ rule: blankRule(), isNew: true })}>Add a rule</Button>}
    />
  );
  if (!routing || !rules || !teams.data)
    return (
      <Page>
        {title}
        {(answer.error ?? teams.error) ? (
          <ErrorNote error={answer.error ?? teams.error} retry={() => void Promise.all([answer.refetch(), teams.refetch()])} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </Page>
    );
  const known = teams.data.items;
  const isChanged = JSON.stringify(rules) !== JSON.stringify(base?.rules ?? []);
  const isDraft = isChanged || routing.draft !== null;
  const put = (rule: Rule) =>
    setRules((was = []) => (was.some((one) => one.id === rule.id) ? was.map((one) => (one.id === rule.id ? rule : one)) : [...was, rule]));
  const publishNow = async () => {
    if (isChanged) await save.mutateAsync({ body: { rules } });
    publish.mutate({ body: {} });
  };
  return (
    <Page>
      {title}
      <Split>
        <Stack>
          <RuleList
            rules={rules}
            routing={routing}
            teams={known}
            canEdit={canEdit}
            title={
              isDraft
                ? `Version ${next}, a draft`
                : routing.inForce
                  ? `Version ${routing.inForce.version}, in force`
                  : 'No rules: relationships and territories decide'
            }
            onChange={setRules}
            edit={(rule) => setEditing({ rule, isNew: false })}
          />
          {canEdit && isDraft && (
            <Row end>
              {isChanged && (
                <Button variant="default" onClick={() => setRules(base?.rules ?? [])}>
                  Undo
                </Button>
              )}
              {routing.draft && (
                <ConfirmButton
                  sentence="The draft is thrown away. What is in force stays."
                  confirm="Throw away"
                  onConfirm={() => drop.mutate({})}
                >
                  Throw the draft away
                </ConfirmButton>
              )}
              <Button variant="default" disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate({ body: { rules } })}>
                Save the draft
              </Button>
              <Button loading={publish.isPending} onClick={() => void publishNow().catch(() => {})}>
                Publish version {next}
              </Button>
            </Row>
          )}
          <ErrorNote error={publish.error ?? save.error ?? drop.error} />
        </Stack>
        <Stack>
          {canEdit && <RoutingCheck rules={rules} />}
          {canEdit && (
            <Simulations start={() => simulate.mutate({ body: { rules, months: 12 } })} isStarting={simulate.isPending} error={simulate.error} />
          )}
          <Card title="Turns" quiet side={<A to="/routing/turns">Whose turn it is</A>}>
            <p className="dim">What each territory and team gave to whom, and what everybody is owed.</p>
          </Card>
          <Card title="Teams" quiet side={canEdit && <Chip onClick={() => setTeam('new')}>Add a team</Chip>}>
            {known.length === 0 ? (
              <p className="dim">A team is a named list of reps or partners that rules give leads to, whatever their territories.</p>
            ) : (
              <ul style={{ display: 'grid', gap: 12 }}>
                {known.map((one) => (
                  <li key={one.id}>
                    <Row between>
                      <b className="strong">{one.name}</b>
                      {canEdit && (
                        <Row>
                          <Chip onClick={() => setTeam(one)} aria-label={`Change ${one.name}`}>
                            Change
                          </Chip>
                          <ConfirmButton
                            size="compact-xs"
                            sentence={`“${one.name}” is removed. What its people hold stays with them.`}
                            confirm="Remove"
                            onConfirm={() => removeTeam.mutate({ params: { id: one.id } })}
                          >
                            Remove
                          </ConfirmButton>
                        </Row>
                      )}
                    </Row>
                    <span className="dim" style={{ fontSize: 12 }}>
                      {one.holders.map((holder) => (holder.active ? holder.name : `${holder.name} (inactive)`)).join(', ') || 'nobody yet'}
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <ErrorNote error={removeTeam.error} />
          </Card>
          {routing.versions.some((one) => one.publishedAt) && (
            <Card title="Versions" quiet>
              <ul style={{ display: 'grid', gap: 10 }}>
                {routing.versions
                  .filter((one) => one.publishedAt)
                  .map((one) => (
                    <li key={one.version}>
                      <b className="strong">Version {one.version}</b>{' '}
                      {one.version === routing.inForce?.version && <Badge tone="action">In force</Badge>}{' '}
                      <span className="dim">
                        {format.number(one.count)} {plural(one.count, 'rule')}, {format.when(one.publishedAt)}
                        {one.publishedBy && ` by ${one.publishedBy}`}
                      </span>
                      {one.note && (
                        <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                          {one.note}
                        </span>
                      )}
                    </li>
                  ))}
              </ul>
            </Card>
          )}
        </Stack>
      </Split>
      {editing && (
        <RuleForm rule={editing.rule} isNew={editing.isNew} routing={routing} teams={known} put={put} close={() => setEditing(undefined)} />
      )}
      {team && <TeamForm team={team === 'new' ? undefined : team} close={() => setTeam(undefined)} />}
    </Page>
  );
}
