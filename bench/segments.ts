import pg from 'pg';
import { newDataDir, startServer } from '../tests/support/process.ts';
import type { Criteria } from '../src/platform/values/criteria.rules.ts';
import { median, ms } from './support/results.ts';
import type { Row } from './support/results.ts';
import { ask, call, databaseOf } from './support/setup.ts';

const turns = { warm: 1, count: 5 };
/** An id that is a UUID of version 7 in form. */
const idOf = (text: string): string => `overlay(overlay(md5(${text}) placing '7' from 13) placing '8' from 17)::uuid`;

/** People, a fifth as many companies, an inquiry or two for two of three of them, leads, followups and invoices. Filled by the owner: what is measured is reading. */
async function fill(connection: pg.ClientConfig, workspaceId: string, count: number): Promise<void> {
  const w = `'${workspaceId}'`;
  const many = `generate_series(1, ${count}) n`;
  for (const text of [
    `insert into identity.organization (workspace_id, id, name, name_key, country, vertical, employees, is_customer, first_seen_at, last_seen_at)
     select ${w}, ${idOf(`'o' || n`)}, 'Firm ' || n, 'firm ' || n, 'DE', (array['Food', 'Water', 'Chemistry', null])[1 + n % 4], n % 900, n % 7 = 0, now(), now() from generate_series(1, ${Math.ceil(count / 5)}) n`,
    `insert into identity.person (workspace_id, id, full_name, given_name, family_name, email, country, city, title, organization_id, do_not_mail, first_seen_at, last_seen_at, custom)
     select ${w}, ${idOf(`'p' || n`)}, 'Marta Keller' || n, 'Marta', 'Keller' || n, 'marta' || n || '@firm.example', (array['DE', 'CH', 'AT', 'FR', 'IT'])[1 + n % 5],
       (array['Bern', 'Köln', 'Wien', 'Lyon', ' milano'])[1 + n % 5], case n % 3 when 0 then 'Head of Procurement' when 1 then 'Engineer' end, ${idOf(`'o' || (1 + n / 5)`)},
       n % 11 = 0, now() - n % 700 * interval '1 day', now() - n % 400 * interval '1 day', case when n % 2 = 0 then jsonb_build_object('fuel', (array['Gas', 'Oil'])[1 + n / 2 % 2]) end from ${many}`,
    `insert into capture.inquiry (workspace_id, id, receipt, program_id, channel, received_at, occurred_at, fields, status)
     select ${w}, ${idOf(`'i' || n || ' ' || k`)}, 'R' || n || k, ${idOf(`'g' || n % 40`)}, 'web', now(), now() - n % 400 * interval '1 day', '{}', 'parsed' from ${many}, generate_series(1, n % 3) k`,
    `insert into identity.sighting (workspace_id, id, inquiry_id, person_id, organization_id, seen_at, method)
     select ${w}, ${idOf(`'s' || n || ' ' || k`)}, ${idOf(`'i' || n || ' ' || k`)}, ${idOf(`'p' || n`)}, ${idOf(`'o' || (1 + n / 5)`)}, now() - n % 400 * interval '1 day', 'new' from ${many}, generate_series(1, n % 3) k`,
    `insert into qualify.lead (workspace_id, id, person_id, organization_id, inquiry_id, qualified_at, definition_version, score, grade, score_reasons, scored_at)
     select ${w}, ${idOf(`'l' || n`)}, ${idOf(`'p' || n`)}, ${idOf(`'o' || (1 + n / 5)`)}, ${idOf(`'i' || n || ' 1'`)}, now(), 1, n % 100, (array['hot', 'warm', 'cold'])[1 + n % 3], '[]', now() from ${many} where n % 3 > 0`,
    `insert into followup.activity (workspace_id, id, lead_id, kind, at, via)
     select ${w}, ${idOf(`'a' || n`)}, ${idOf(`'l' || n`)}, (array['call', 'visit', 'mail'])[1 + n / 3 % 3], now(), 'app' from ${many} where n % 3 = 1`,
    `insert into revenue.invoice (workspace_id, id, number, kind, status, person_id, organization_id, issued_on, net_minor, gross_minor, currency, matched_by, created_at, updated_at)
     select ${w}, ${idOf(`'v' || n`)}, 'V' || n, 'invoice', 'paid', ${idOf(`'p' || n`)}, ${idOf(`'o' || (1 + n / 5)`)}, current_date - n % 500, n % 50000 * 10, n % 50000 * 10,
       (select currency from platform.workspace limit 1), 'manual', now(), now() from ${many} where n % 7 = 0`,
    'vacuum analyze',
  ])
    await ask(connection, text);
}

/** Ten conditions about the person, the company, what they did and bought, with a group and a negation. */
const conditions = (programs: string[]): Criteria => ({
  all: [
    { field: 'country', op: 'in', value: ['DE', 'CH', 'AT'] },
    { field: 'title', op: 'contains', value: 'procurement' },
    { field: 'city', op: 'notEquals', value: 'Lyon' },
    { field: 'mayMail', op: 'isTrue' },
    { field: 'lastSeenAt', op: 'withinDays', value: 300 },
    { any: [{ field: 'organization.employees', op: 'atLeast', value: 50 }, { field: 'organization.isCustomer', op: 'isTrue' }] },
    { any: [{ field: 'inquiries.count', op: 'atLeast', value: 1 }, { field: 'purchases.total', op: 'atLeast', value: 100_000 }, { field: 'custom.fuel', op: 'equals', value: 'gas' }] },
    { not: { field: 'inquiries.program', op: 'in', value: programs } },
  ],
});

/** The same by hand, as one who knows the data would write it. */
const byHand = (workspaceId: string, programs: string[]): string => `
  select p.id from identity.person p
  left join identity.organization o on o.workspace_id = '${workspaceId}' and o.id = p.organization_id
  left join (select person_id, count(*) as n from identity.sighting where workspace_id = '${workspaceId}' and withdrawn_at is null and inquiry_id is not null group by 1) s on s.person_id = p.id
  left join (select person_id, sum(net_minor) as total from revenue.invoice where workspace_id = '${workspaceId}' and status in ('open', 'paid') group by 1) v on v.person_id = p.id
  where p.workspace_id = '${workspaceId}' and p.survivor_id is null and p.retired_at is null
    and p.country in ('DE', 'CH', 'AT') and lower(p.title) like '%procurement%' and lower(trim(p.city)) is distinct from 'lyon'
    and p.email is not null and not (p.do_not_contact or p.do_not_mail or p.unsubscribed_at is not null)
    and p.last_seen_at >= now() - interval '300 days' and (o.employees >= 50 or o.is_customer)
    and (s.n >= 1 or v.total >= 100000 or lower(p.custom->>'fuel') = 'gas')
    and not exists (select from identity.sighting s2 join capture.inquiry i on i.workspace_id = '${workspaceId}' and i.id = s2.inquiry_id
      where s2.workspace_id = '${workspaceId}' and s2.person_id = p.id and s2.withdrawn_at is null and i.program_id = any(array['${programs.join("','")}']::uuid[]))`;

/** A segment of ten conditions, counted through the API, beside the SQL of somebody who knows the tables, run as their owner. */
export async function segments(small: boolean): Promise<Row[]> {
  const count = small ? 5000 : Number(process.env['BENCH_PEOPLE'] ?? 1_000_000);
  const server = await startServer(newDataDir());
  try {
    const connection = databaseOf(server);
    const [{ id: workspaceId }] = (await ask<{ id: string }>(connection, 'select id from platform.workspace limit 1')) as [{ id: string }];
    await call(server, 'POST', '/v1/fields', { subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil'] });
    await fill(connection, workspaceId, count);
    const programs = (await ask<{ id: string }>(connection, `select ${idOf(`'g' || n`)} as id from generate_series(0, 3) n`)).map(({ id }) => id);
    const criteria = conditions(programs);
    const client = new pg.Client(connection);
    await client.connect();
    const hand: number[] = [];
    const ours: number[] = [];
    let found = 0;
    let expected = 0;
    // In turns, so that what disturbs one disturbs the other.
    for (let turn = 0; turn < turns.warm + turns.count; turn++) {
      const began = performance.now();
      expected = Number((await client.query<{ n: string }>(`select count(*) as n from (${byHand(workspaceId, programs)}) x`)).rows[0]!.n);
      const between = performance.now();
      found = (await call<{ count: number }>(server, 'POST', '/v1/segments/preview', { subject: 'person', criteria })).count;
      if (turn < turns.warm) continue;
      hand.push(between - began);
      ours.push(performance.now() - between);
    }
    await client.end();
    if (found !== expected || found === 0) throw new Error(`The segment finds ${found} people, the SQL by hand ${expected}.`);
    const began = performance.now();
    const made = await call<{ members: number }>(server, 'POST', '/v1/segments', { name: 'Bench', subject: 'person', criteria });
    const filled = (performance.now() - began) / 1000;
    if (made.members !== expected) throw new Error(`The segment holds ${made.members} people, the SQL by hand finds ${expected}.`);
    const ratio = median(ours) / median(hand);
    return [
      {
        what: 'segment of 10 conditions, counted',
        n: `${count.toLocaleString('en')} people, ${found.toLocaleString('en')} found`,
        measured: ms(median(ours) / 1000),
        yardstick: `the SQL by hand ${ms(median(hand) / 1000)}`,
        ratio: `${ratio.toFixed(2)} ×`,
        target: '≤ 1.5 ×',
        met: ratio <= 1.5,
        note: `Made and filled in ${ms(filled)}. Ours runs under row-level security through the API; the yardstick as the owner of the tables.`,
      },
    ];
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}
