import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { bringInFile } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { datasets } from './datasets.rules.ts';
import { extractFolder } from './folders.ts';

let house: TestHouse;
const dataDir = mkdtempSync(join(tmpdir(), 'baton-extract-'));
beforeAll(async () => {
  house = await openTestHouse({ ticking: true, config: { dataDir } });
});
afterAll(async () => {
  await house.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Made {
  id: string;
  number: number;
  state: string;
  files: { dataset: string; name: string; rows: number; deleted: number; bytes: number }[];
  problem: string | null;
}
async function extract(asked: { datasets?: string[]; format?: string; since?: number | 'last' } = {}): Promise<Made> {
  const answer = await house.request('marketing', 'POST', '/v1/extracts', { format: 'csv', ...asked });
  expect(answer.status, answer.text).toBe(200);
  await house.runJobs();
  return (await house.request('marketing', 'GET', `/v1/extracts/${answer.json.id}`)).json;
}
const fileOf = (made: Made, dataset: string): string =>
  readFileSync(join(extractFolder(house.cx.config, house.workspaceId, made.number), `${dataset}.csv`), 'utf8');
/** Lines by id; no cell of these tests holds a line break. */
const linesOf = (text: string): Map<string, string> => new Map(text.trim().split('\n').slice(1).map((line) => [line.slice(0, 36), line]));

let n = 0;
const done = async (method: string, url: string, body?: object): Promise<unknown> => {
  const answer = await house.request('marketing', method, url, body, { 'idempotency-key': `k${n++}` });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.json;
};
const nameOf = (who: number): string => `${['Ute', 'Karl', 'Zeno', 'Ines', 'Paul'][who % 5]} ${['Balmor', 'Kendrik', 'Fixtus', 'Gopfel'][who % 4]}`;
const inquire = (who: number, message = 'A quote, please'): Promise<unknown> =>
  done('POST', '/v1/inquiries', { email: `person${who}@firm${who % 3}.example`, fullName: nameOf(who), organization: `Firm ${who % 3} AG`, message: `${message} ${n++}` });
const bring = async (kind: string, lines: string[]): Promise<string> => {
  const { importId, counts } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(lines.join('\n')), kind });
  expect([kind, counts.problem]).toEqual([kind, 0]);
  await house.drain();
  return importId;
};
const undo = async (importId: string): Promise<void> => {
  await done('POST', `/v1/imports/${importId}/undo`, { changedSince: 'overwrite' });
  await house.runJobs();
};

describe('an extract', () => {
  it('holds what stands, every column of every dataset, in both forms', async () => {
    for (const who of [0, 1, 2, 3]) await inquire(who, 'Say "when"; and, where');
    await house.drain();
    const csv = await extract();
    expect(csv.state, csv.problem ?? '').toBe('finished');
    expect(csv.files.map(({ dataset }) => dataset)).toEqual(datasets.map(({ name }) => name));
    const people = linesOf(fileOf(csv, 'people'));
    const truth = await house.rows<{ id: string; email: string }>(sql`select id, email from identity.person where survivor_id is null and retired_at is null`);
    expect([...people.keys()].toSorted()).toEqual(truth.map(({ id }) => id).toSorted());
    for (const { id, email } of truth) expect(people.get(id)).toContain(email);
    expect(fileOf(csv, 'inquiries').split('\n')[0]).toBe('id,receipt,external_id,channel,source_id,program_id,received_at,occurred_at,status,person_id,organization_id,lead_id,first_touch,last_touch,fields');
    expect(fileOf(csv, 'inquiries')).toContain('"Say \\""when\\""; and, where');
    const facts = await house.rows<{ n: number }>(sql`select count(*)::int as n from journal.fact`);
    expect(csv.files.find(({ dataset }) => dataset === 'facts')!.rows).toBe(facts[0]!.n);

    const parquet = await extract({ format: 'parquet', datasets: ['people', 'leads'] });
    expect(parquet.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['people.parquet', truth.length],
      ['leads.parquet', csv.files.find(({ dataset }) => dataset === 'leads')!.rows],
    ]);
    const file = readFileSync(join(extractFolder(house.cx.config, house.workspaceId, parquet.number), 'people.parquet'));
    expect([file.subarray(0, 4).toString(), file.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);

    // Book is kept of Parquet from the file and of CSV from the rows: it says the same, nothing changed by being written the other way.
    const whole = await extract({ format: 'parquet' });
    for (const format of ['csv', 'parquet']) {
      const changes = await extract({ format, since: whole.number });
      expect([changes.state, changes.files.filter((one) => one.rows + one.deleted > 0 && one.dataset !== 'facts')]).toEqual(['finished', []]);
    }
  });

  it('is after the undo of imports, byte for byte, what it was before them', async () => {
    const wanted = datasets.filter(({ grows }) => grows === undefined).map(({ name }) => name);
    // Known by a list that stands, with nobody in it: it stays when whoever came from there is taken back.
    await bring('organizations', ['Id,Name,Website', '9100,Listed Ltd,listed.example']);
    const before = await extract({ datasets: wanted });
    const texts = wanted.map((dataset) => fileOf(before, dataset));
    const imports = [
      await bring('users', ['User Id,Name,Email', '77,Rep Seven,rep7@test.example']),
      await bring('programs', ['Id,Name,Type,Start,Cost', '501,Spring fair,Trade show,2026-02-01,12000.50', '502,Summer mailing,Mailing,2026-02-05,80']),
      await bring('organizations', ['Id,Name,Website,Industry', '9001,Firm 1 AG,firm1.example,Water', '9002,Newfirm GmbH,newfirm.example,Food']),
      await bring('people', ['Id,Name,Mail,Account Id,Title', `8001,${nameOf(1)},person1@firm1.example,9001,Head of purchasing`, '8002,Nora Neu,nora@newfirm.example,9002,Owner']),
      await bring('inquiries', [
        'Id,Name,Firm,Mail,Date,Campaign,Source,Owner',
        `7001,${nameOf(2)},Firm 2 AG,person2@firm2.example,2026-02-10,Spring fair,Fair booth,Rep Seven`,
        '7002,Nora Neu,Newfirm GmbH,nora@newfirm.example,2026-02-11,Summer mailing,Reply card,Rep Seven',
        '7003,Otto Only,Only Here SpA,otto@onlyhere.example,2026-02-11,Summer mailing,Reply card,Rep Seven',
        '7004,Lisa List,Listed Ltd,lisa@listed.example,2026-02-11,,Reply card,Rep Seven',
      ]),
      await bring('opportunities', ['Name,Owner,Created,Closing Date,Amount,Stage,Lead Id,Campaign Id', 'Pump hall,Rep Seven,2026-02-12,2026-02-20,25000,Closed Won,7002,501']),
      await bring('invoices', ['Number,Date,Email,Net,Tax,Total,Status', 'R-1,2026-02-21,nora@newfirm.example,25000,0,25000,Paid']),
    ];
    const between = await extract({ datasets: wanted });
    for (const dataset of ['programs', 'organizations', 'people', 'inquiries', 'leads', 'handoffs', 'opportunities', 'invoices', 'credits', 'holders'])
      expect([dataset, fileOf(between, dataset) === texts[wanted.indexOf(dataset)]]).toEqual([dataset, false]);
    for (const importId of imports.toReversed()) await undo(importId);
    const after = await extract({ datasets: wanted });
    expect(wanted.map((dataset) => [dataset, fileOf(after, dataset)])).toEqual(wanted.map((dataset, at) => [dataset, texts[at]]));
  });

  it('knows every rep once, whichever file names them first, and nobody any more when all are taken back', async () => {
    const before = fileOf(await extract({ datasets: ['holders'] }), 'holders');
    const files = [
      ['opportunities', ['Name,Owner,Created,Amount,Stage,Lead Id', 'Pump house,Rep Eight,2026-02-12,25000,Closed Won,7101', 'Sluice,Rep Nine,2026-02-12,500,Closed Won,']],
      ['users', ['User Id,Name,Email', '78,Rep Eight,rep8@test.example', '79,Rep Ten,rep10@test.example', '80,Rep Nine,nine@test.example', '81,Rep Nine,other9@test.example']],
      ['activities', ['Subject,Type,Date,Owner,Email', 'Asked for a pump,Call,2026-02-13,Rep Eight,person1@firm1.example']],
      ['inquiries', ['Id,Name,Firm,Mail,Date,Owner', '7101,Olga Owned,Owned AG,olga@owned.example,2026-02-10,Rep Eight']],
    ] as const;
    const reps = () => house.rows<{ name: string; email: string | null; user: boolean }>(sql`select name, email, user_id is not null as user from distribute.holder where active and name ~ '^Rep (Eight|Nine|Ten)' order by name, email nulls first`);
    for (const order of [[3, 0, 1, 2], [1, 3, 0, 2], [2, 1, 0, 3], [0, 3, 2, 1], [0, 1, 2, 3]]) {
      const imports: string[] = [];
      for (const [kind, lines] of files) imports.push(await bring(kind, [...lines]));
      expect(await house.rows(sql`select distinct h.name from distribute.assignment a join distribute.holder h on h.id = a.holder_id join qualify.lead l on l.id = a.lead_id and l.fate = 'sold'
        join identity.person p on p.id = l.person_id where p.family_name = 'Owned'`)).toEqual([{ name: 'Rep Eight' }]);
      // Two are called Rep Nine: who of them sold is anybody's guess.
      expect(await reps()).toEqual([
        { name: 'Rep Eight', email: 'rep8@test.example', user: true },
        { name: 'Rep Nine', email: null, user: false },
        { name: 'Rep Nine', email: 'nine@test.example', user: true },
        { name: 'Rep Nine', email: 'other9@test.example', user: true },
        { name: 'Rep Ten', email: 'rep10@test.example', user: true },
      ]);
      for (const [done, at] of order.entries()) {
        await undo(imports[at]!);
        // Whoever is still named stays.
        const left = await reps();
        const sold = !order.slice(0, done + 1).includes(0);
        if (sold) expect(left.some(({ name }) => name === 'Rep Eight'), order.join(', ')).toBe(true);
      }
      expect(fileOf(await extract({ datasets: ['holders'] }), 'holders'), order.join(', ')).toBe(before);
    }
  });

  it('of changes, applied by a warehouse at whatever pace, leaves it exactly what a whole one holds', async () => {
    const wanted = ['people', 'organizations', 'merged_ids', 'inquiries', 'leads', 'facts'];
    const doing = fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant('inquire' as const), who: fc.nat(9) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat() }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), which: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('unmerge' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('bring' as const), who: fc.nat(9) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('take' as const), who: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('break' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
    );
    /** Two warehouses, each with what it was told last. */
    const houses = [0, 1].map(() => ({ last: undefined as number | undefined, rows: new Map<string, Map<string, string>>() }));
    const take = async (who: number): Promise<void> => {
      const warehouse = houses[who]!;
      const made = await extract({ datasets: wanted, ...(warehouse.last === undefined ? {} : { since: warehouse.last }) });
      expect(made.state, made.problem ?? '').toBe('finished');
      for (const dataset of wanted) {
        const known = warehouse.rows.get(dataset) ?? new Map<string, string>();
        for (const [id, line] of linesOf(fileOf(made, dataset))) {
          if (warehouse.last === undefined) known.set(id, line);
          else if (line.endsWith(',true')) known.delete(id);
          else known.set(id, line.replace(/,false$/, ''));
        }
        warehouse.rows.set(dataset, known);
      }
      warehouse.last = made.number;
      const whole = await extract({ datasets: wanted });
      for (const dataset of wanted) expect([dataset, [...warehouse.rows.get(dataset)!.values()].toSorted()]).toEqual([dataset, [...linesOf(fileOf(whole, dataset)).values()].toSorted()]);
    };
    const brought: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 3, maxLength: 8 }), async (doings) => {
        for (const one of doings) {
          const people = await house.rows<{ id: string }>(sql`select id from identity.person where survivor_id is null and retired_at is null order by id`);
          const picked = (which: number): string => people[which % people.length]!.id;
          if (one.do === 'inquire' || people.length === 0) await inquire('who' in one ? one.who : 0);
          else if (one.do === 'edit') await done('PATCH', `/v1/people/${picked(one.which)}`, { title: `Buyer ${n++}` });
          else if (one.do === 'merge' && people.length > 3) await done('POST', `/v1/people/${picked(one.which)}/merge`, { otherId: picked(one.which + 1) });
          else if (one.do === 'unmerge') {
            const [edge] = await house.rows<{ id: string }>(sql`select id from identity.merge where undone_at is null order by id desc limit 1`);
            if (edge) await done('POST', `/v1/merges/${edge.id}/undo`);
          } else if (one.do === 'bring')
            brought.push(await bring('inquiries', ['Name,Firm,Mail', ...[0, 1].map((k) => `${nameOf(one.who + k)},Firm ${k} AG,person${one.who + k}@firm${k}.example`)]));
          else if (one.do === 'undo') {
            const last = brought.pop();
            if (last) await undo(last);
          } else if (one.do === 'break') {
            // As after a crash: the books are written, the extract is not.
            const made = await extract({ datasets: wanted });
            await house.write((tx) => tx.run(sql`update report.extract set state = 'failed' where number = ${made.number}`));
          } else if (one.do === 'wait') house.clock.advance(40 * 60_000);
          await house.drain();
          if (one.do === 'take') await take(one.who);
        }
      }),
      { numRuns: Number(process.env['FC_RUNS'] ?? 6) },
    );
    await take(0);
    await take(1);
    // Whatever was merged while an import was taken back, an organization was last seen in the hour of its last standing sighting.
    const seen = await house.rows<{ name: string; lastSeenAt: Date; sightedAt: Date }>(sql`select o.name, o.last_seen_at, greatest(o.first_seen_at, date_trunc('hour', max(s.seen_at), 'UTC')) as sighted_at
      from identity.organization o join identity.sighting s on s.organization_id = o.id and s.withdrawn_at is null and s.method <> 'edited' group by o.name, o.first_seen_at, o.last_seen_at`);
    expect(seen.map(({ name, lastSeenAt }) => [name, lastSeenAt])).toEqual(seen.map(({ name, sightedAt }) => [name, sightedAt]));
  });

  it('is made one at a time, stopped, and refused in clear words', async () => {
    const first = await house.request('marketing', 'POST', '/v1/extracts', {});
    expect(first.json.state).toBe('waiting');
    const second = await house.request('finance', 'POST', '/v1/extracts', {});
    expect([second.status, second.json.detail]).toEqual([409, 'Another extract is still being made: wait for it, or stop it.']);
    expect((await house.request('marketing', 'POST', `/v1/extracts/${first.json.id}/cancel`)).json.state).toBe('cancelled');
    const refused = async (body: object): Promise<string> => (await house.request('marketing', 'POST', '/v1/extracts', body)).json.detail;
    expect(await refused({ datasets: ['persons'] })).toMatch(/no dataset “persons”\. There are: sources, programs/);
    expect(await refused({ since: 9999 })).toMatch(/no finished extract number 9999/);
    const some = await extract({ datasets: ['people'] });
    expect(await refused({ since: some.number, datasets: ['people', 'leads'] })).toMatch(/did not hold leads/);
    rmSync(join(dataDir, 'extracts', house.workspaceId, 'told'), { recursive: true });
    expect(await refused({ since: some.number })).toMatch(/make a whole extract/);
    for (const [role, status] of [['rep', 403], ['sales_manager', 403], ['partner', 403], [null, 401]] as const)
      expect((await house.request(role, 'GET', '/v1/extracts')).status).toBe(status);
  });

  it('is documented, column by column', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/warehouse.md'), 'utf8');
    const { items } = (await house.request('finance', 'GET', '/v1/extracts/datasets')).json as { items: { name: string; columns: { name: string }[] }[] };
    for (const { name, columns } of items) {
      const line = page.split('\n').find((one) => one.startsWith(`| \`${name}\` |`)) ?? '';
      expect([name, [...line.split('|')[3]!.matchAll(/`(\w+)`/g)].map((one) => one[1])]).toEqual([name, columns.map((column) => column.name)]);
    }
  });

  it('is taken in ranges, and old files go', async () => {
    const made = await extract({ datasets: ['people'] });
    const url = `/v1/extracts/${made.id}/files/people.csv`;
    const whole = await house.request('finance', 'GET', url);
    expect([whole.status, whole.text.length]).toEqual([200, made.files[0]!.bytes]);
    const head = await house.request('finance', 'GET', url, undefined, { range: 'bytes=0-9' });
    const rest = await house.request('finance', 'GET', url, undefined, { range: 'bytes=10-' });
    expect([head.status, rest.status, head.text + rest.text === whole.text]).toEqual([206, 206, true]);
    expect((await house.request('finance', 'GET', url, undefined, { range: `bytes=${made.files[0]!.bytes}-` })).status).toBe(416);
    expect((await house.request('finance', 'GET', `/v1/extracts/${made.id}/files/..%2f..%2fsecret`)).status).toBe(404);
    for (let i = 0; i < 5; i++) await extract({ datasets: ['people'] });
    const gone = await house.request('finance', 'GET', url);
    expect([gone.status, gone.json.detail]).toEqual([404, 'The files of this extract are not kept any more: make a new one.']);
    expect((await extract({ since: made.number })).state).toBe('finished');
  });

  it('and the views are read with other tools by a role that sees its own workspace and changes nothing', async () => {
    const other = await house.newWorkspace('Other Pumps');
    const owner = new pg.Client(house.connection);
    await owner.connect();
    const login = `warehouse_${Math.random().toString(36).slice(2)}`;
    await owner.query(`create role ${login} login password 'correct horse' in role baton_reader`);
    await owner.query(`alter role ${login} set baton.workspace_id = '${house.workspaceId}'`);
    const reader = new pg.Client({ ...house.connection, user: login, password: 'correct horse' });
    await reader.connect();
    try {
      const count = async (from: string): Promise<number> => Number((await reader.query(`select count(*) as n from ${from}`)).rows[0].n);
      for (const { name } of datasets) await count(`extract.${name}`);
      expect(await count('extract.people')).toBe((await house.rows<{ n: number }>(sql`select count(*)::int as n from identity.person where survivor_id is null and retired_at is null`))[0]!.n);
      await reader.query(`set baton.workspace_id = '${other}'`);
      expect(await count('extract.people')).toBe(0);
      await reader.query(`set baton.workspace_id = ''`);
      expect(await count('extract.people')).toBe(0);
      for (const forbidden of ['select * from platform.app_user', 'select raw from capture.inquiry', `update identity.person set full_name = 'x'`])
        await expect(reader.query(forbidden)).rejects.toThrow(/permission denied/);
    } finally {
      await reader.end();
      await owner.query(`drop owned by ${login}; drop role ${login}`);
      await owner.end();
    }
  });
});
