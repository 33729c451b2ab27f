import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, eager, german, linkIn, openTown } from './town.ts';
import type { Town } from './town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const partnerMail = /leads@(alpen|rhein)pumpen\.example/;

describe('from the first contact to the paid invoice', () => {
  it('answers, qualifies, assigns, is accepted and sold without a login, and knows what the program earned', async () => {
    const receipt = await town.inquire(eager);

    // The enquirer is answered at once.
    const [hello] = town.lettersTo(eager.email);
    expect(hello?.text).toContain(receipt.receipt);

    // One of the two partners has it, and a letter with a link that needs no login.
    const lead = await town.leadOf(receipt);
    expect(lead.person.name).toContain('Wyss');
    expect(lead.holder.kind).toBe('partner');
    const offers = town.letters.filter((letter) => partnerMail.test(letter.to?.[0]?.address ?? ''));
    expect(offers).toHaveLength(1);
    const link = linkIn(offers[0]!);

    // Mail scanners open everything: looking changes nothing.
    const { app } = await town.house.api();
    for (const method of ['GET', 'HEAD', 'GET'] as const) await app.inject({ method, url: link });
    expect((await town.leadOf(receipt)).acceptedAt).toBeNull();

    town.house.clock.advance(25 * 60_000);
    await answer(town, link, { do: 'accept' });
    expect((await town.leadOf(receipt)).acceptedAt).not.toBeNull();

    await town.pass(2);
    await answer(town, link, { do: 'sale', value: '48500' });
    const sold = await town.leadOf(receipt);
    expect(sold).toMatchObject({ state: 'sale', fate: 'sold', verdict: 'sale', valueMinor: 4_850_000 });

    // A sale said without an opportunity is one all the same.
    const { items: opportunities } = await town.ok('sales_manager', 'GET', `/v1/opportunities?leadId=${lead.id}`);
    expect(opportunities).toHaveLength(1);
    expect(opportunities[0]).toMatchObject({ outcome: 'won', amountMinor: 4_850_000 });

    // 48,500 earned with 5,000 spent.
    const roi = await town.ok('management', 'GET', '/v1/roi?by=program&model=first&basis=won');
    const program = roi.rows.find((row: { key: string }) => row.key === town.programId);
    expect(program).toMatchObject({ costMinor: 500_000, wonMinor: 4_850_000, sales: 1, returnPercent: 870 });
    expect(roi.rows.reduce((sum: number, row: { wonMinor: number }) => sum + row.wonMinor, 0) + roi.unattributed.wonMinor).toBe(
      roi.ledger.wonMinor,
    );

    const source = await town.ok('management', 'GET', '/v1/reports/source?groupBy=program');
    expect(source.rows).toHaveLength(1);
    expect(source.rows[0].values).toMatchObject({ inquiries: 1, leads: 1, sales: 1 });

    const verified = await town.ok('administrator', 'GET', '/v1/verify');
    expect(verified.breaks).toEqual([]);
    expect(verified.holds).toBe(true);
  });
});

describe('when nobody answers', () => {
  it('reminds, passes on by itself, and the second partner sells', async () => {
    const receipt = await town.inquire(eager);
    const first = await town.leadOf(receipt);
    const silentMail = town.letters.find((letter) => partnerMail.test(letter.to?.[0]?.address ?? ''))!;
    const silent = silentMail.to![0]!.address!;
    const silentLink = linkIn(silentMail);

    await town.pass(6, 0.25);
    const mails = town.lettersTo(silent).length;
    expect(mails).toBeGreaterThanOrEqual(2); // the offer and at least one reminder

    const path = (await town.ok('sales_manager', 'GET', `/v1/leads/${first.id}/assignments`)).items;
    expect(path.length).toBeGreaterThanOrEqual(2);
    const other = first.holder.id === town.partners.alpen ? town.partners.rhein : town.partners.alpen;
    expect(path.map((step: { holderId: string }) => step.holderId)).toEqual(expect.arrayContaining([first.holder.id, other]));
    expect(path.some((step: { why: string }) => step.why === 'redirect')).toBe(true);

    // The link of the one who slept opens nothing any more.
    const { app } = await town.house.api();
    expect((await app.inject({ method: 'GET', url: silentLink })).statusCode).toBe(410);

    const now = await town.leadOf(receipt);
    if (now.holder.kind !== 'partner') await town.ok('sales_manager', 'POST', `/v1/leads/${first.id}/assign`, { holderId: other });
    await town.settle();
    const secondMail = town.letters.findLast(
      (letter) => letter.to?.[0]?.address !== silent && partnerMail.test(letter.to?.[0]?.address ?? ''),
    )!;
    await answer(town, linkIn(secondMail), { do: 'accept' });
    await answer(town, linkIn(secondMail), { do: 'sale', value: '12000' });
    expect(await town.leadOf(receipt)).toMatchObject({ fate: 'sold', valueMinor: 1_200_000 });

    const report = await town.ok('management', 'GET', '/v1/reports/where-assigned');
    expect(report.redirects).toEqual(expect.arrayContaining([expect.objectContaining({ fromId: first.holder.id, toId: other })]));
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });
});

describe('a warm lead', () => {
  it('waits in nurture and comes back hot to whoever knew it, as soon as the person asks again', async () => {
    const later = {
      ...german,
      budget: '',
      timing: 'later',
      message: 'Bitte Katalog zusenden.',
    };
    const receipt = await town.inquire(later);
    const lead = await town.leadOf(receipt);
    expect(lead.holder.id).toBe(town.repId);

    await town.ok('sales_manager', 'POST', `/v1/leads/${lead.id}/activities`, {
      kind: 'call',
      outcome: 'reached',
      note: 'Budget next year.',
    });
    await town.ok('sales_manager', 'POST', `/v1/leads/${lead.id}/verdict`, {
      verdict: 'warm',
      reason: 'Budget next year',
      untilOn: '2026-12-01',
    });
    await town.settle();
    expect(await town.leadOf(receipt)).toMatchObject({ state: 'nurture', verdict: 'warm', holder: { kind: 'nurture' } });
    expect((await town.ok('marketing', 'GET', '/v1/nurture')).items).toHaveLength(1);

    await town.pass(24 * 3);
    const again = await town.inquire({
      ...later,
      email: 'Jens.Albrecht@klaerwerk-ulm.example',
      message: 'Jetzt dringend: bitte Angebot über zwei Pumpen, Preis und Lieferzeit.',
      budget: 'approved',
      timing: 'now',
      authority: 'decides',
      need: 'replacement',
    });
    const back = await town.leadOf(receipt);
    expect(back).toMatchObject({ id: lead.id, inquiries: 2, grade: 'hot', holder: { id: town.repId } });
    expect(back.score).toBeGreaterThan(lead.score);
    expect((await town.ok('marketing', 'GET', '/v1/nurture')).items).toHaveLength(0);
    expect((await town.ok('marketing', 'GET', `/v1/inquiries/${again.receipt}`)).status).toBe('parsed');

    const { timeline } = await town.ok('marketing', 'GET', `/v1/leads/${lead.id}`);
    const types = timeline.map((fact: { type: string }) => fact.type);
    expect(types).toEqual(
      expect.arrayContaining([
        'inquiry.received',
        'lead.qualified',
        'lead.assigned',
        'lead.judged',
        'lead.nurtured',
        'lead.joined',
        'lead.returned',
      ]),
    );
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });
});
