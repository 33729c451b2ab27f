import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi } from '../../api/hooks.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Badge, Card, DataTable, EmptyState, ErrorNote, GradeBadge, Page, PageTitle, SkeletonRows, Stack } from '../../ui/index.tsx';

type Account = Item<'GET /v1/turns'>;
const kinds = { territory: 'territory', team: 'team', rule: 'rule' } as const;

/** Whose turn it is: what each territory, team or rule gave to whom, and what everybody is owed. */
export default function Turns() {
  const turns = useApi('GET /v1/turns', undefined, { live: ['lead', 'holder'] });
  const [picked, setPicked] = useState<string | null>(null);
  const title = <PageTitle title="Turns" question="Has everybody been given their share, and whose turn is it next?" />;
  const items = turns.data?.items;
  const accounts = [...new Map((items ?? []).map((one) => [one.accountId, one])).values()];
  const account = accounts.find((one) => one.accountId === picked) ?? accounts[0];
  return (
    <Page>
      <Back to="/routing">Routing rules</Back>
      {title}
      {!items ? (
        turns.error ? (
          <ErrorNote error={turns.error} retry={() => void turns.refetch()} />
        ) : (
          <SkeletonRows rows={6} />
        )
      ) : account === undefined ? (
        <EmptyState title="No turns yet">Once leads are given in turns, this shows what each territory and team gave to whom, and who is owed one.</EmptyState>
      ) : (
        <Stack>
          <Select
            label="Turns of"
            searchable
            allowDeselect={false}
            maw={420}
            data={accounts.map((one) => ({ value: one.accountId, label: `${one.name} (${kinds[one.kind]})` }))}
            value={account.accountId}
            onChange={setPicked}
          />
          {items
            .filter((one) => one.accountId === account.accountId)
            .map((one) => (
              <One key={one.grade} account={one} />
            ))}
          <p className="dim">
            Each lead that is dealt earns everybody who could have had it their share of one; who gets it has one more. In a steady pool nobody is ever a whole lead from their share; one and more is owed only after turns were given
            back, or an absence that is caught up.
          </p>
        </Stack>
      )}
    </Page>
  );
}

function One({ account }: { account: Account }) {
  const format = useFormat();
  const two = (value: number) => value.toFixed(2);
  return (
    <Card
      flush
      title={<GradeBadge grade={account.grade} />}
      side={`${format.number(account.leads)} ${plural(account.leads, 'lead', 'leads')} by turns`}
    >
      <DataTable
        caption={`Turns of ${account.name}, ${account.grade} leads`}
        rows={account.holders}
        rowKey={(one) => one.holderId}
        sortBy="owed"
        columns={[
          {
            key: 'name',
            label: 'Who',
            render: (one) => (
              <>
                <A to={`/holders/${one.holderId}`}>{one.name}</A> {!one.active && <Badge tone="bad">Inactive</Badge>}
              </>
            ),
          },
          { key: 'received', label: 'Received', align: 'end', render: (one) => format.number(one.received), sort: (one) => one.received },
          { key: 'entitled', label: 'Their share', align: 'end', render: (one) => two(one.entitled), sort: (one) => one.entitled },
          {
            key: 'owed',
            label: 'Owed',
            hint: 'Their share less what they received. Who is owed most is next soon; below zero they are ahead.',
            align: 'end',
            render: (one) => (one.owed > 0 ? `+${two(one.owed)}` : two(one.owed).replace('-', '−')),
            sort: (one) => one.owed,
          },
          { key: 'back', label: 'Given back', hint: 'Turns given back, as the lead was none.', align: 'end', render: (one) => (one.givenBack === 0 ? '–' : format.number(one.givenBack)), sort: (one) => one.givenBack },
        ]}
      />
    </Card>
  );
}
