import { useSend } from '../../api/hooks.ts';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, ErrorNote, Note, SkeletonRows, Stack } from '../../ui/index.tsx';
import css from './routing.module.css';
import type { Rule } from './routing-words.ts';

/** Whether every lead gets somewhere and every rule something, while the rules are being written. */
export function RoutingCheck({ rules }: { rules: Rule[] }) {
  const format = useFormat();
  const check = useSend('POST /v1/routing/check');
  const { mutate: ask } = check;
  useAskSoon(JSON.stringify(rules), () => ask({ body: { rules } }));
  const found = check.data;
  const names = new Map(rules.map((rule) => [rule.id, rule.name]));
  const took = Object.entries(found?.took ?? {}).toSorted((one, other) => other[1] - one[1]);
  return (
    <Card title="What it would mean" quiet>
      <ErrorNote error={check.error} />
      {!found && !check.error && <SkeletonRows rows={3} />}
      {found && (
        <div style={{ opacity: check.isPending ? 0.5 : 1 }}>
          <Stack>
            {found.problems.map((problem) => (
              <Note key={problem} tone="warn">
                {problem}
              </Note>
            ))}
            {found.uncovered.map((gap) => (
              <Note key={`${gap.why} ${gap.example}`} tone="warn">
                <b>A lead could get nowhere:</b> {gap.leadId ? <A to={`/leads/${gap.leadId}`}>{gap.example}</A> : gap.example}. {gap.why}.
                {gap.leads > 0 && ` So it would have gone with ${format.number(gap.leads)} of your own ${plural(gap.leads, 'lead')}.`}
              </Note>
            ))}
            {found.dead.map((rule) => (
              <Note key={rule.ruleId}>
                <b>“{rule.name}” does nothing.</b> {rule.why}
              </Note>
            ))}
            {found.uncovered.length === 0 && found.problems.length === 0 && (
              <p style={{ color: 'var(--good)' }}>
                Every lead gets somewhere: {format.number(found.tried)} {plural(found.tried, 'kind')} of lead tried
                {found.complete
                  ? ', which is every kind these conditions can tell apart.'
                  : ', a sample of those these conditions can tell apart.'}
              </p>
            )}
            {found.ownLeads > 0 && (
              <div>
                <p className="dim" style={{ marginBottom: 8 }}>
                  Of your last {format.number(found.ownLeads)} leads, if nobody were named, known, away or full:
                </p>
                <ul className={css.took}>
                  {took.map(([ruleId, leads]) => (
                    <li key={ruleId}>
                      <span>{ruleId === '' ? 'Territories, the desk' : (names.get(ruleId) ?? 'A rule')}</span>
                      <span className={css.bar} aria-hidden>
                        <i style={{ width: `${(leads / found.ownLeads) * 100}%` }} />
                      </span>
                      <span className="num">{format.percent(leads / found.ownLeads, 0)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </Stack>
        </div>
      )}
    </Card>
  );
}
