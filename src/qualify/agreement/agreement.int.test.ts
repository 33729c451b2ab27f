import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agreeOn, plainTerms } from '../../../tests/support/agreements.ts';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { somebody } from '../../../tests/support/persons.ts';
import type { Somebody } from '../../../tests/support/persons.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let mara: Somebody;
let stefan: Somebody;
let olga: Somebody;
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  mara = await somebody(house, 'Mara Market', ['marketing']);
  stefan = await somebody(house, 'Stefan Sales', ['sales_manager']);
  olga = await somebody(house, 'Olga Owner', ['administrator']);
});
afterEach(() => house.close());

const agreement = async (who: Somebody = mara) => (await who.ask('GET', '/v1/agreement')).json;
const draft = (content = plainTerms(), startsOn: string | null = null, who = mara) => who.ask('PUT', '/v1/agreement/draft', { content, startsOn });
const sign = (who: Somebody, side: 'marketing' | 'sales', hash: string) => who.ask('POST', '/v1/agreement/sign', { side, hash });
const facts = async (): Promise<string[]> =>
  (
    await house.rows<{ said: string }>(
      sql`select type || ' ' || (data ->> 'version') || coalesce(' ' || (data ->> 'side'), '') as said from journal.fact where workspace_id = ${house.workspaceId} and type like 'agreement.%' order by seq`,
    )
  ).map(({ said }) => said);

describe('the life of a version', () => {
  test('a draft has no effect; with both signatures it holds, and is the one home of the promise', async () => {
    expect(await agreement()).toMatchObject({ inForce: null, coming: null, draft: null, versions: [] });
    expect((await draft()).json).toEqual({ version: 1 });
    const seen = await agreement(stefan);
    expect(seen).toMatchObject({ inForce: null, draft: { version: 1, draftedBy: 'Mara Market', signatures: [], fromAt: null } });
    expect(seen.sign).toEqual([
      { side: 'marketing', why: expect.stringMatching(/Marketing signs/) },
      { side: 'sales', why: null },
    ]);
    expect((await house.request('rep', 'GET', '/v1/settings/response-promise')).json).toMatchObject({ hot: 60, agreedVersion: null });
    expect((await sign(mara, 'marketing', seen.draft.hash)).json).toEqual({ version: 1, inForceFrom: null });
    expect(await agreement()).toMatchObject({ inForce: null, draft: { signatures: [{ side: 'marketing', name: 'Mara Market', hash: seen.draft.hash, intact: true }] } });

    house.clock.advance(90 * 60_000);
    expect((await sign(stefan, 'sales', seen.draft.hash)).json).toEqual({ version: 1, inForceFrom: '2026-03-02T10:30:00.000Z' });
    expect(await agreement()).toMatchObject({ inForce: { version: 1, fromAt: '2026-03-02T10:30:00.000Z', untilAt: null, signatures: [{ intact: true }, { side: 'sales', intact: true }] }, draft: null });
    expect(await facts()).toEqual(['agreement.drafted 1', 'agreement.signed 1 marketing', 'agreement.signed 1 sales', 'agreement.tookForce 1']);

    expect((await house.request('rep', 'GET', '/v1/settings/response-promise')).json).toMatchObject({ hot: 60, warm: 240, followup: { hot: 120 }, agreedVersion: 1 });
    const refused = await house.request('sales_manager', 'PUT', '/v1/settings/response-promise', { hot: 5, warm: 5, cold: 5, followup: { hot: 5, warm: 5, cold: 5 }, remindAtPercent: 50, redirectsMax: 1 });
    expect(refused.status).toBe(409);
    expect(refused.text).toMatch(/version 1 of the agreement/);
  });

  test('a change of the draft voids signatures, and nobody signs what they did not read', async () => {
    await draft();
    const { hash } = (await agreement()).draft;
    await sign(mara, 'marketing', hash);
    const terms = plainTerms();
    await draft({ ...terms, sales: { ...terms.sales, keptPercent: 80 } }, null, stefan);
    const changed = (await agreement()).draft;
    expect(changed.signatures).toEqual([]);
    expect(changed.hash).not.toBe(hash);
    const late = await sign(stefan, 'sales', hash);
    expect(late.status).toBe(409);
    expect(late.text).toMatch(/changed since you read it/);
    // Another day is another agreement, too.
    await draft({ ...terms, sales: { ...terms.sales, keptPercent: 80 } }, '2026-04-01', stefan);
    expect((await agreement()).draft.hash).not.toBe(changed.hash);
    // What a lead is belongs to what is signed.
    expect((await house.request('marketing', 'PUT', '/v1/definition', { criteria: { field: 'email', op: 'isSet' } })).status).toBe(200);
    expect((await sign(stefan, 'sales', (await agreement()).draft.hash)).text).toMatch(/What a lead is was changed/);
  });

  test('a draft is withdrawn without a trace in what holds', async () => {
    await agreeOn(mara, stefan, plainTerms());
    const terms = plainTerms();
    await draft({ ...terms, marketing: { ...terms.marketing, leadsMin: 40 } });
    expect((await agreement()).draft).toMatchObject({ version: 2, changes: [{ title: 'What marketing owes', was: null, now: 'Marketing brings at least 40 leads a month.' }] });
    expect((await mara.ask('DELETE', '/v1/agreement/draft')).json).toEqual({ withdrawn: 2 });
    expect(await agreement()).toMatchObject({ inForce: { version: 1 }, draft: null });
    expect((await mara.ask('DELETE', '/v1/agreement/draft')).status).toBe(404);
    expect((await facts()).at(-1)).toBe('agreement.withdrawn 2');
  });

  test('it begins on its day and ends the one before there; the journal says when, late or not', async () => {
    await agreeOn(mara, stefan, plainTerms());
    const terms = plainTerms();
    const faster = { ...terms, sales: { ...terms.sales, hot: { ...terms.sales.hot, acceptMinutes: 15 } } };
    expect(await agreeOn(mara, stefan, faster, '2026-03-10')).toBe(2);
    expect(await agreement()).toMatchObject({ inForce: { version: 1, untilAt: '2026-03-09T23:00:00.000Z' }, coming: { version: 2, fromAt: '2026-03-09T23:00:00.000Z' } });
    // Nobody signs one that begins before what is signed already.
    expect((await draft(terms, '2026-03-05')).text).toMatch(/Version 2 is signed and begins later/);
    await house.scan();
    expect((await facts()).filter((fact) => fact.startsWith('agreement.tookForce'))).toEqual(['agreement.tookForce 1']);
    house.clock.set('2026-03-11T09:00:00Z');
    expect((await house.request('rep', 'GET', '/v1/settings/response-promise')).json).toMatchObject({ hot: 15, agreedVersion: 2 });
    await house.scan();
    await house.scan();
    expect((await facts()).filter((fact) => fact.startsWith('agreement.tookForce'))).toEqual(['agreement.tookForce 1', 'agreement.tookForce 2']);
    const [told] = await house.rows<{ at: Date }>(sql`select at from journal.fact where type = 'agreement.tookForce' and data ->> 'version' = '2'`);
    expect(told?.at).toEqual(new Date('2026-03-09T23:00:00Z'));
    expect(await agreement()).toMatchObject({ inForce: { version: 2 }, coming: null });
    expect((await mara.ask('GET', '/v1/agreement/versions/1')).json).toMatchObject({ version: 1, untilAt: '2026-03-09T23:00:00.000Z' });
  });

  test('what was signed stays word for word, also for somebody at the database', async () => {
    await agreeOn(mara, stefan, plainTerms());
    const change = (set: ReturnType<typeof sql>) => house.write((tx) => tx.run(sql`update qualify.agreement set ${set} where workspace_id = ${house.workspaceId} and version = 1`));
    await expect(change(sql`words = '[]'`)).rejects.toThrow(/signed by both sides/);
    await expect(change(sql`from_at = from_at - interval '1 day'`)).rejects.toThrow(/signed by both sides/);
    await expect(change(sql`content = content || '{"definitionVersion": 9}'`)).rejects.toThrow(/signed by both sides/);
  });
});

describe('who may', () => {
  test('reps read and write nothing, partners nothing at all, tokens sign nothing', async () => {
    await draft();
    const { hash } = (await agreement()).draft;
    expect((await house.request('rep', 'GET', '/v1/agreement')).status).toBe(200);
    expect((await house.request('rep', 'PUT', '/v1/agreement/draft', { content: plainTerms() })).status).toBe(403);
    for (const url of ['/v1/agreement', '/v1/agreement/kept', '/v1/agreement/versions/1']) expect((await house.request('partner', 'GET', url)).status).toBe(403);
    const byToken = await house.request('marketing', 'POST', '/v1/agreement/sign', { side: 'marketing', hash });
    expect(byToken.status).toBe(403);
    expect(byToken.text).toMatch(/by a person/);
  });

  test('nobody signs for both sides, unless there is nobody else', async () => {
    await draft();
    const { hash } = (await agreement()).draft;
    expect((await sign(olga, 'marketing', hash)).status).toBe(200);
    const both = await sign(olga, 'sales', hash);
    expect(both.status).toBe(403);
    expect(both.text).toMatch(/somebody else signs/);
    expect((await sign(stefan, 'marketing', hash)).status).toBe(403);
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'disabled' where id = any(${[mara.userId, stefan.userId]}::uuid[])`));
    expect((await sign(olga, 'sales', hash)).status).toBe(200);
    expect((await agreement(olga)).inForce).toMatchObject({ version: 1 });
  });

  test('two who sign at the same moment both have signed, once', async () => {
    await draft();
    const { hash } = (await agreement()).draft;
    const answers = await Promise.all([sign(mara, 'marketing', hash), sign(stefan, 'sales', hash), sign(mara, 'marketing', hash)]);
    expect(answers.filter(({ status }) => status === 200).length).toBe(2);
    expect((await agreement()).inForce.signatures.length).toBe(2);
  });
});

test('terms are said in words before they are saved; what contradicts itself is refused with the sentence', async () => {
  const terms = plainTerms();
  const kind = { id: 'heads', name: 'Heads of purchasing', grade: null, where: { field: 'position.level', op: 'equals' as const, value: 'director' }, leadsMin: 5, leadsMax: null, sharePercent: null };
  const { json } = await mara.ask('POST', '/v1/agreement/words', { content: { ...terms, kinds: [kind] } });
  expect(json.sections[1].sentences[0].text).toMatch(/^Heads of purchasing \(leads of whom it holds that .*Director or head.*\): at least 5 a month\.$/);
  expect(await agreement()).toMatchObject({ draft: null });
  expect((await draft({ ...terms, kinds: [{ ...kind, where: { field: 'no.such', op: 'isSet' } }] })).status).toBe(422);
  const refused = await draft({ ...terms, marketing: { ...terms.marketing, leadsMin: 9, leadsMax: 3 } });
  expect(refused.status).toBe(422);
  expect(refused.text).toMatch(/at least 9 and at most 3/);
});
