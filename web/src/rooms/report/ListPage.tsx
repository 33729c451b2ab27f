import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useParam } from '../../shell/address.ts';
import { A, Badge, Card, PageTitle, RecordPage, Split, Stack, Stat, Stats } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { ListTerms } from '../capture/ListTerms.tsx';
import { ListBars } from './ListBars.tsx';
import { listLeads, listPeople, ListVerdict } from './list-words.tsx';
import css from './lists.module.css';

const says = { good: { label: 'For it', tone: 'sale' }, bad: { label: 'Against', tone: 'hot' }, open: { label: 'Open', tone: 'quiet' } } as const;

/** One list: the verdict with its reasons, what it delivered and yielded, and what of it to throw away. */
export default function ListPage() {
  const id = useParam('id');
  const format = useFormat();
  const canAct = may(useSession(), ['marketing']);
  const all = useApi('GET /v1/lists', undefined, { live: ['job', 'import'] });
  const answer = useApi('GET /v1/lists/:id', { params: { id } }, { live: ['job', 'import'], keep: false });
  if (!answer.data || !all.data) return <RecordPage back={{ to: '/lists', label: 'List quality' }} waiting={answer.data ? all : answer} rows={8} />;
  const one = answer.data;
  const { where } = all.data;
  const useless = one.fresh - one.good;
  const part = (share: { share: number; low: number; high: number } | null) =>
    share ? `${format.percent(share.low)} to ${format.percent(share.high)} by its numbers` : undefined;
  return (
    <RecordPage back={{ to: '/lists', label: 'List quality' }}>
      <PageTitle
        title={
          <>
            {one.name} <ListVerdict verdict={one.verdict} />
          </>
        }
        question={[one.owner, one.program?.name, one.source, `came ${format.date(one.cameAt)}`, one.countedAt ? `counted ${format.when(one.countedAt)}` : 'not counted yet'].filter(Boolean).join(' · ')}
        side={<A to={`/imports/${one.id}`}>Its import</A>}
      />
      <Stack>
        <Stats>
          <Stat label="Names delivered" value={format.number(one.delivered)} to={listPeople(one.id, 'all')} note={`${format.number(one.people)} different ${plural(one.people, 'person', 'people')}`} />
          <Stat label="Good names" value={format.number(one.good)} to={listPeople(one.id, 'new', where.good)} note={one.perGoodMinor === null ? part(one.shares.good) : `${format.price(one.perGoodMinor)} each`} />
          <Stat label="Leads" value={format.number(one.leads)} to={listLeads(one.id)} note={one.perLeadMinor === null ? `${format.number(one.qualified)} qualified` : `${format.price(one.perLeadMinor)} each, ${format.number(one.qualified)} qualified`} />
          <Stat
            label="Sales"
            value={format.number(one.sales)}
            to={listLeads(one.id, { state: 'sale' })}
            note={`${format.money(one.wonMinor)} won${one.foreignSales > 0 ? `, and ${format.number(one.foreignSales)} in another currency` : ''}`}
          />
          <Stat label="Return" value={format.times(one.returned)} note={one.costMinor === null ? 'no cost entered' : `of ${format.money(one.costMinor)} it cost`} tone={one.returned === null ? undefined : one.returned >= 1 ? 'good' : undefined} />
        </Stats>
        <Split>
          <Stack>
            <Card title="Why?" side="each counts only where its whole interval does">
              <ul className={css.reasons}>
                {one.reasons.map((reason) => (
                  <li key={reason.about}>
                    <Badge tone={says[reason.says].tone}>{says[reason.says].label}</Badge>
                    <span>{reason.sentence}</span>
                  </li>
                ))}
              </ul>
            </Card>
            <Card title="What was delivered?">
              <ListBars lists={[one]} where={where} named={false} />
            </Card>
          </Stack>
          <Stack>
            <Card title="What to throw away?">
              {useless === 0 && one.unread === 0 ? (
                <p>Nothing: every new name can be used.</p>
              ) : (
                <Stack gap={8}>
                  {useless > 0 && (
                    <p>
                      <A to={listPeople(one.id, 'new', where.useless)}>
                        {format.number(useless)} new {plural(useless, 'name')}
                      </A>{' '}
                      {plural(useless, 'is', 'are')} of no use: junk, or with no way to them. From that list they can be changed all at once.
                    </p>
                  )}
                  {one.unread > 0 && (
                    <p>
                      <A to={`/imports/${one.id}`}>{format.number(one.unread)} {plural(one.unread, 'row')}</A> could not be read.
                    </p>
                  )}
                </Stack>
              )}
            </Card>
            <Card title="What it only repeated?">
              <Stack gap={8}>
                <p>
                  <A to={listPeople(one.id, 'known')}>
                    {format.number(one.known)} {plural(one.known, 'person', 'people')}
                  </A>{' '}
                  {plural(one.known, 'was', 'were')} known before, and {plural(one.known, 'stays', 'stay')} credited to whatever they came from first.
                </p>
                {one.again > 0 && <p>{format.number(one.again)} {plural(one.again, 'row names', 'rows name')} somebody the list had named before.</p>}
                {one.leftOut > 0 && <p>{format.number(one.leftOut)} {plural(one.leftOut, 'row was', 'rows were')} left out by the import.</p>}
              </Stack>
            </Card>
            {canAct && <ListTerms key={`${one.owner} ${one.costMinor}`} id={one.id} owner={one.owner} costMinor={one.costMinor} />}
          </Stack>
        </Split>
      </Stack>
    </RecordPage>
  );
}
