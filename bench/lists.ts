import pg from 'pg';
import type { MadeHistory } from '../tests/support/lead-history.ts';
import type { ServerProcess } from '../tests/support/process.ts';
import { Line } from './support/http-load.ts';
import { ask } from './support/setup.ts';
import { median, ms, percentile, timed } from './support/results.ts';
import type { Row } from './support/results.ts';

/** A page by the API, and the SELECTs that read the same rows from the same indexes, one after the other, as the database's owner, whom no row-level security slows. */
export interface Page {
  what: string;
  url: string;
  bare?: readonly string[];
}

/** The warm-up goes past the turns after which a statement is prepared. */
const turns = { warm: 30, count: 40 };

const leadPages = (made: MadeHistory): Page[] => {
  const program = made.programs[3]!.id;
  const holder = made.holders[3]!.id;
  const lead = (where: string, by = 'qualified_at'): string[] => [
    `select * from report.lead_row where workspace_id = $1 and counted ${where} order by ${by} desc, lead_id desc limit 50`,
  ];
  return [
    { what: 'leads, newest', url: '/v1/leads?limit=50', bare: lead('') },
    { what: 'leads of a program', url: `/v1/leads?limit=50&programId=${program}`, bare: lead(`and program_id = '${program}'`) },
    {
      what: 'leads of a holder, sold',
      url: `/v1/leads?limit=50&holderId=${holder}&status=sale`,
      bare: lead(`and holder_id = '${holder}' and status = 'sale'`),
    },
    { what: 'leads by score', url: '/v1/leads?limit=50&sort=score', bare: lead('', 'score') },
    { what: 'leads by words typed', url: '/v1/leads?limit=50&text=name12' },
    {
      what: 'leads by five filters that nothing meets',
      url: '/v1/leads?limit=50&territoryId=none&status=sale&grade=hot&wait=5min&nextAction=nothing',
    },
  ];
};

const peoplePages = (organization: string): Page[] => {
  const person = (where: string): string[] => [`select p.*, o.name, o.domain from identity.person p
    left join identity.organization o on o.workspace_id = $1 and o.id = p.organization_id
    where p.workspace_id = $1 and p.survivor_id is null and p.retired_at is null ${where} order by p.last_seen_at desc, p.id desc limit 50`];
  return [
    { what: 'people, latest', url: '/v1/people?limit=50', bare: person('') },
    { what: 'people of a country', url: '/v1/people?limit=50&country=CH', bare: person("and p.country = 'CH'") },
    {
      what: 'people of an organization',
      url: `/v1/people?limit=50&organizationId=${organization}`,
      bare: person(`and p.organization_id = '${organization}'`),
    },
    { what: 'people by a name typed', url: '/v1/people?limit=50&q=keller4711' },
    { what: 'people by the beginning of a name typed', url: '/v1/people?limit=50&q=kell' },
    // two letters changed about in the second name of one of them
    { what: 'people by a mistyped name', url: `/v1/people?limit=50&q=${mistyped(secondName(123_456))}` },
    {
      what: 'organizations, latest',
      url: '/v1/organizations?limit=50',
      bare: ['select * from identity.organization where workspace_id = $1 and survivor_id is null and retired_at is null order by last_seen_at desc, id desc limit 50'],
    },
  ];
};

const syllables = 'ba ke fi go ru sta wil mor ndri xu pfe zo ber lan tin hau mei ser kal ron vec dim lis ga ten bro scho ler man hub ner kow ska ris ton ley har mil cro wat fos bur den nel pat sim jen kin tho mas ull rik sen ols pet ivo dra gan'.split(' ');
/** One of some two hundred thousand names, of three syllables; `secondNameSql` says the same of a column. */
const secondName = (n: number): string => [n, n / 58, n / 58 / 58].map((at) => syllables[Math.floor(at) % 58]).join('');
const secondNameSql = (n: string): string => [n, `(${n} / 58)`, `(${n} / 58 / 58)`].map((at) => `(array['${syllables.join("','")}'])[1 + ${at} % 58]`).join(' || ');
const mistyped = (name: string): string => `${name.slice(0, 3)}${name[4]}${name[3]}${name.slice(5)}`;

/** An id that is a UUID of version 7 in form. */
const idOf = (text: string): string => `overlay(overlay(md5(${text}) placing '7' from 13) placing '8' from 17)::uuid`;

/** Makes people up to `count`, a fifth as many organizations, and what the search box finds them by. */
async function fillPeople(connection: pg.ClientConfig, workspaceId: string, count: number): Promise<string> {
  await ask(
    connection,
    `insert into identity.organization (workspace_id, id, name, name_key, domain, country, first_seen_at, last_seen_at)
     select '${workspaceId}', ${idOf(`'o' || n`)}, 'Firm ' || n, 'firm ' || n, 'firm' || n || '.example', 'DE', now(), now() - n * interval '7 seconds' from generate_series(1, ${Math.ceil(count / 5)}) n`,
  );
  await ask(
    connection,
    `insert into identity.person (workspace_id, id, full_name, given_name, family_name, email, country, organization_id, first_seen_at, last_seen_at)
     select '${workspaceId}', ${idOf(`'p' || n`)}, 'Marta Keller' || n, 'Marta', 'Keller' || n, 'marta' || n || '@firm' || n / 5 || '.example', (array['DE', 'CH', 'AT', 'FR', 'IT'])[1 + n % 5],
       ${idOf(`'o' || (1 + n / 5)`)}, now(), now() - n * interval '3 seconds' from generate_series(1, ${count} - (select count(*)::int from identity.person)) n`,
  );
  await ask(
    connection,
    `insert into identity.search_entry (workspace_id, kind, id, text) select workspace_id, 'p', id, ' ' || lower(full_name) || ' ' || ${secondNameSql('n')} || ' ' || split_part(email, '@', 1)
     from (select *, (row_number() over (order by id))::int as n from identity.person) p on conflict do nothing`,
  );
  await ask(
    connection,
    `insert into identity.search_word (workspace_id, word) select distinct '${workspaceId}'::uuid, ${secondNameSql('n')} from generate_series(1, ${count}) n on conflict do nothing`,
  );
  await ask(connection, 'vacuum analyze');
  const [one] = await ask<{ id: string }>(connection, `select ${idOf(`'o77'`)} as id`);
  return one!.id;
}

/** Pages of leads, people and organizations through the API, each beside the bare SELECT of the same page. */
export async function lists(server: ServerProcess, connection: pg.ClientConfig, made: MadeHistory, leads: number): Promise<Row[]> {
  const [first] = await ask<{ workspaceId: string }>(connection, 'select workspace_id as "workspaceId" from report.lead_row limit 1');
  const { workspaceId } = first!;
  const people = leads * 2;
  const organization = await fillPeople(connection, workspaceId, people);
  const client = new pg.Client(connection);
  client.on('error', () => {}); // a page that fails ends the server under it; its own message is the one to read
  await client.connect();
  const rows: Row[] = [];
  for (const [n, pages] of [
    [leads, leadPages(made)],
    [people, peoplePages(organization)],
  ] as const) {
    rows.push(...(await measurePages(server, client, workspaceId, n, pages)));
  }
  await client.end();
  return rows;
}

/**
 * Each page through the API, from sending the request to having the rows, after a warm-up, beside its bare SELECT. On a bare line, as the SELECT
 * goes by a bare client: the runtime's own fetch takes 0.6 ms by itself.
 */
export async function measurePages(server: ServerProcess, client: pg.Client, workspaceId: string, n: number, pages: readonly Page[]): Promise<Row[]> {
  const rows: Row[] = [];
  const { hostname, port, host } = new URL(server.url);
  const line = new Line(hostname, Number(port));
  const page = async (url: string): Promise<unknown> => {
    const { status, body } = await line.send(`GET ${url} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${server.token}\r\n\r\n`);
    if (status !== 200) throw new Error(`GET ${url}: ${status} ${body.toString().slice(0, 300)}`);
    return JSON.parse(body.toString());
  };
  for (const { what, url, bare } of pages) {
    const api = await timed(() => page(url), turns);
    const p95 = percentile(api, 0.95);
    const read = async (): Promise<void> => {
      for (const [at, text] of bare!.entries()) await client.query({ name: `${what} ${at}`, text, values: [workspaceId] });
    };
    const select = bare && median(await timed(read, turns));
    const ratio = select === undefined ? undefined : median(api) / select;
    rows.push({
      what: `page of ${what}`,
      n: n.toLocaleString('en'),
      measured: `${ms(median(api) / 1000)}, p95 ${ms(p95 / 1000)}`,
      yardstick: select === undefined ? '–' : `${bare!.length === 1 ? 'bare SELECT' : `the ${bare!.length} bare SELECTs`} of the page ${ms(select / 1000)}`,
      ratio: ratio === undefined ? '–' : `${ratio.toFixed(1)} ×`,
      target: '≤ 3 ×, p95 < 50 ms',
      met: (ratio ?? 0) <= 3 && p95 < 50,
    });
  }
  line.close();
  return rows;
}
