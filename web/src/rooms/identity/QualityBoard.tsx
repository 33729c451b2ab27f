import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters } from '../../shell/address.ts';
import { Bullets, Lines } from '../../ui/chart/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Card, EmptyState, ErrorNote, Page, PageTitle, Row, SkeletonRows, Split, Stack, Stat, Stats, When } from '../../ui/index.tsx';
import { LevelBars } from './LevelBars.tsx';
import { QualityGroups } from './QualityGroups.tsx';
import { QualitySettings } from './QualitySettings.tsx';

export type Board = Answer<'GET /v1/quality'>;

/** How complete and how trustworthy the base is, whose fault it is, and whether it gets better. Every figure opens its people. */
export default function QualityBoard() {
  const format = useFormat();
  const session = useSession();
  const [filters] = useFilters();
  const { group } = filters;
  const answer = useApi('GET /v1/quality', { query: { group } }, { live: ['job'] });
  const measure = useSend('POST /v1/quality/measure', { stale: ['/v1/quality'] });
  const canClean = may(session, ['marketing', 'sales_manager', 'rep']);
  const canMeasure = may(session, ['marketing', 'sales_manager']);
  const board = answer.data;
  const list = (where?: object) => href('/people', { group, where: where && JSON.stringify(where) });
  const share = (n: number) => (board && board.people > 0 ? format.percent(n / board.people) : '–');
  return (
    <Page>
      {group && <Back to="/quality">Everybody</Back>}
      <PageTitle
        title="Data quality"
        question={board?.of ? `Of the people of whom ${board.of}: what is missing, and what can be trusted?` : 'What is missing, what can be trusted, and does it get better?'}
        side={
          <Row>
            {board?.measuredAt && (
              <span className="dim">
                {board.measuring ? 'counting …' : <>counted <When at={board.measuredAt} /></>}
              </span>
            )}
            {canMeasure && (
              <Button variant="default" loading={measure.isPending || board?.measuring} onClick={() => measure.mutate({})}>
                Count now
              </Button>
            )}
          </Row>
        }
      />
      <ErrorNote error={answer.error ?? measure.error} retry={() => void answer.refetch()} />
      {!board ? (
        !answer.error && <SkeletonRows rows={8} />
      ) : board.measuredAt === null ? (
        <EmptyState title="Not counted yet">
          {group ? 'Nobody belonged to this group when everybody was last counted.' : 'Everybody is counted every night; the first picture is here tomorrow, or as soon as you ask.'}
        </EmptyState>
      ) : (
        <Stack>
          <Stats>
            <Stat label="People" value={format.number(board.people)} to={list()} note="known now" />
            <Stat label="Can be reached" value={share(board.reachable)} to={list(board.where.reachable)} note={`${format.number(board.reachable)} by mail or phone`} />
            <Stat
              label="Out of reach"
              value={format.number(board.people - board.reachable)}
              to={list(board.where.outOfReach)}
              tone={board.people > board.reachable ? 'bad' : undefined}
              note="no mail or number that works"
            />
            <Stat label="Nothing missing" value={share(board.whole)} to={list(board.where.whole)} note={`${format.number(board.whole)} ${plural(board.whole, 'person', 'people')}, nothing bad`} />
          </Stats>
          <Split even>
            <Card title="What is missing?" side="of how many it is known" flush>
              <Bullets
                label="What is known, of how many"
                rows={board.fields.map((one) => ({
                  key: one.field,
                  label: one.label,
                  value: one.known,
                  goal: board.people,
                  tone: one.known / board.people < 0.5 ? 'warm' : 'cold',
                  text: (
                    <>
                      {share(one.known)} <span className="dim">· {format.number(board.people - one.known)} missing</span>
                    </>
                  ),
                  to: list(one.missing),
                }))}
              />
            </Card>
            <Card title="What can be trusted?">
              <LevelBars levels={board.levels} people={board.people} list={list} />
            </Card>
          </Split>
          <Card title="Does it get better?">
            <Trend board={board} />
          </Card>
          {!group && <QualityGroups cuts={board.cuts} />}
          {!group && <QualitySettings canChange={may(session, ['marketing'])} />}
          {!group && <Unread />}
          {canClean && (
            <p>
              <A to={href('/clean-up', { group })}>Clean up, where it is worth most first</A>
            </p>
          )}
        </Stack>
      )}
    </Page>
  );
}

/** What people call themselves and what companies do, as far as it is not understood: with the way to say it. */
function Unread() {
  const format = useFormat();
  const answer = useApi('GET /v1/readings/unread', undefined, { staleTime: 60_000 });
  const found = answer.data;
  const row = (key: string, label: string, one: { of: number; unread: number }, to: string) => ({
    key,
    label,
    value: one.of - one.unread,
    goal: one.of,
    tone: one.unread > one.of / 2 ? 'warm' : 'cold',
    text: (
      <>
        {one.of > 0 ? format.percent((one.of - one.unread) / one.of) : '–'} <span className="dim">· {format.number(one.unread)} not</span>
      </>
    ),
    to,
  });
  return (
    <Card title="What is understood?" side={<A to="/readings">Say what they mean</A>} flush>
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {found ? (
        <Bullets
          label="Positions and businesses understood"
          rows={[
            row('titles', `Positions, of ${format.number(found.titles.of)} people`, found.titles, '/readings'),
            row('businesses', `Businesses, of ${format.number(found.businesses.of)} companies`, found.businesses, href('/readings', { kind: 'industry' })),
          ]}
        />
      ) : (
        !answer.error && <SkeletonRows rows={2} />
      )}
    </Card>
  );
}

function Trend({ board }: { board: Board }) {
  const format = useFormat();
  const of = (pick: (day: Board['days'][number]) => number | undefined) => board.days.map((day) => (day.people > 0 ? (pick(day) ?? 0) / day.people : null));
  return (
    <Lines
      label="Shares of people over time"
      steps={board.days.map((day) => day.on)}
      most={1}
      format={(value) => format.percent(value)}
      lines={[
        { name: 'can be reached', tone: 'sale', values: of((day) => day.reachable) },
        { name: 'mail known', tone: 'cold', values: of((day) => day.known['mail']) },
        { name: 'phone known', tone: 'dont-know', values: of((day) => day.known['phone']) },
        { name: 'company known', tone: 'warm', values: of((day) => day.known['organization']) },
        { name: 'bad mail', tone: 'hot', values: of((day) => day.bad['mail']) },
      ]}
    />
  );
}
