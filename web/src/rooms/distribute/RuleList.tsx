import type { ReactNode } from 'react';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, Card, Chip, ConfirmButton, Row } from '../../ui/index.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import css from './routing.module.css';
import { chooses, givesIt, methods, otherwiseInWords, poolInWords, type Routing, type Rule, type Team } from './routing-words.ts';

/** The way a lead goes, from top to bottom: the rules asked first, who is named or known, the other rules, the territories, the desk. */
export function RuleList({
  rules,
  routing,
  teams,
  canEdit,
  title,
  onChange,
  edit,
}: {
  rules: Rule[];
  routing: Routing;
  teams: readonly Team[];
  canEdit: boolean;
  title: string;
  onChange: (rules: Rule[]) => void;
  edit: (rule: Rule) => void;
}) {
  const first = rules.filter((rule) => rule.first);
  const then = rules.filter((rule) => !rule.first);
  const line = (rule: Rule, among: Rule[]) => {
    const at = among.indexOf(rule);
    const swap = (by: number) => {
      const other = among[at + by];
      if (other) onChange(rules.map((one) => (one === rule ? other : one === other ? rule : one)));
    };
    return (
      <Line
        key={rule.id}
        rule={rule}
        routing={routing}
        teams={teams}
        moves={canEdit && <MoveButtons name={rule.name} at={at} count={among.length} move={swap} />}
        side={
          canEdit && (
            <Row>
              <Chip onClick={() => edit(rule)} aria-label={`Change ${rule.name}`}>
                Change
              </Chip>
              <ConfirmButton
                size="compact-xs"
                sentence={`“${rule.name}” is taken out of the draft. What is in force changes when the draft is published.`}
                confirm="Take out"
                onConfirm={() => onChange(rules.filter((one) => one !== rule))}
              >
                Take out
              </ConfirmButton>
            </Row>
          )
        }
      />
    );
  };
  return (
    <Card title={title} side="the first that holds, and has somebody, decides" flush>
      {first.map((rule) => line(rule, first))}
      <Fixed
        name="Named owner, existing relationship"
        note="who is named on the inquiry; who has an open opportunity with the organization, or works with it"
      />
      {then.map((rule) => line(rule, then))}
      {rules.length === 0 && canEdit && (
        <p className={css.none}>Rules of your own come here: whose leads, to whom, how one is chosen, and by which clock.</p>
      )}
      <Fixed name="Territories" note="the first that covers the lead, in turns" />
      <Fixed name="The desk" note="what nobody can take waits there for a holder" />
    </Card>
  );
}

const isAlways = ({ when }: Rule): boolean => 'all' in when && when.all.length === 0;

const Fixed = ({ name, note }: { name: string; note: string }) => (
  <div className={css.rule} data-fixed>
    <span aria-hidden className={css.dot} />
    <div>
      <b>{name}</b> <span className="dim">{note}</span>
    </div>
  </div>
);

function Line({
  rule,
  routing,
  teams,
  moves,
  side,
}: {
  rule: Rule;
  routing: Routing;
  teams: readonly Team[];
  moves: ReactNode;
  side: ReactNode;
}) {
  const format = useFormat();
  const taken = routing.taken[rule.id];
  const same = [...(routing.inForce?.rules ?? []), ...(routing.draft?.rules ?? [])].some(
    (one) => one.id === rule.id && JSON.stringify(one.when) === JSON.stringify(rule.when),
  );
  const sentence = same ? routing.sentences[rule.id] : undefined;
  return (
    <div className={css.rule}>
      <div className={css.moves}>{moves}</div>
      <div className={css.words}>
        <b className="strong">{rule.name}</b> {rule.first && <Badge tone="action">before relationships</Badge>}{' '}
        {rule.promise && (
          <Badge tone="quiet">
            {rule.promise.hot}/{rule.promise.warm}/{rule.promise.cold} min
          </Badge>
        )}
        <span className={css.when}>
          {isAlways(rule) ? 'Always' : `When ${sentence ?? 'its conditions hold (save the draft to read them here)'}`}
        </span>
        <span className={css.to}>
          <span aria-hidden>→ </span>
          {poolInWords(rule.pool, teams)}
          {chooses(rule.pool) && `, ${methods.find((one) => one.value === rule.method)?.label.toLowerCase()}`}
          {givesIt(rule.pool) && <span className="dim">{otherwiseInWords(rule)}</span>}
        </span>
        {taken !== undefined && (
          <span className="dim num" style={{ fontSize: 12 }}>
            {format.number(taken)} {plural(taken, 'lead')} in 30 days
          </span>
        )}
      </div>
      {side}
    </div>
  );
}
