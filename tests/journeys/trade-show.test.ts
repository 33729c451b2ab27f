import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/platform/db/index.ts';
import { eager, german, openTown } from './town.ts';
import type { Town } from './town.ts';

// A marketer comes home from a fair with a list. Some on it have written before, one of them under another address; the rest are new.

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const list = `Badge;First name;Last name;Company;E-mail;Phone;Street;ZIP;City;Country;Scanned on;Notes
B-1;Regula;Wyss;Wasser Bern AG;regula.wyss@wasserbern.example;+41 31 300 12 34;Wasserwerkgasse 4;3011;Bern;Switzerland;05.03.2026;Wants to see the HX 40 running
B-2;Urs;Wyss;;urs.wyss@private-mail.example;+41 31 300 12 34;;;;Switzerland;05.03.2026;Please send the catalogue
B-3;Jens;Albrecht;Klärwerk Ulm GmbH;jens.albrecht@klaerwerk-ulm.example;+49 731 22 33 44;Donaustraße 3;89073;Ulm;Germany;05.03.2026;Quote for two pumps
B-4;Luc;Morel;Sources du Jura SA;luc.morel@sources-jura.example;+41 32 555 10 20;Rue du Pont 8;2800;Delémont;Switzerland;06.03.2026;Needs a booster station this year
B-5;Petra;Sommer;Stadtwerke Kiel GmbH;petra.sommer@stadtwerke-kiel.example;+49 431 70 80 90;Hafen 2;24103;Kiel;Germany;06.03.2026;Urgent replacement
B-6;Nobody;;;;;;;;;32.03.2026;
`;

/** Everything somebody can see of people, leads, custody and figures. */
async function everything() {
  const of = (path: string): Promise<unknown> => town.ok('administrator', 'GET', path);
  return {
    people: await of('/v1/people?limit=200'),
    organizations: await of('/v1/organizations?limit=200'),
    duplicates: await of('/v1/duplicates'),
    leads: await of('/v1/leads?limit=200'),
    custody: await town.house.rows(
      sql`select lead_id, holder_id, why, started_at, accepted_at, respond_by, sequence from distribute.assignment where ended_at is null order by lead_id`,
    ),
    loop: await of('/v1/loop'),
    scoreboard: await of('/v1/scoreboard'),
    source: await of('/v1/reports/source?groupBy=program'),
    whereAssigned: await of('/v1/reports/where-assigned'),
    statusUpdate: await of('/v1/reports/status-update'),
    statusTracking: await of('/v1/reports/status-tracking'),
    whatWorks: await of('/v1/reports/what-works'),
    roi: await of('/v1/roi?by=program&model=first&basis=won'),
  };
}

describe('a list from a trade show', () => {
  it.each(['different', 'join', 'join into the new one'])(
    'is matched, decided (%s) and worked; and taken back, everything is as it was',
    async (decision) => {
      const regula = await town.inquire(eager);
      const jens = await town.inquire(german);
      await town.ok('sales_manager', 'POST', `/v1/leads/${(await town.leadOf(jens)).id}/verdict`, { verdict: 'bad', reason: 'No need' });
      await town.settle();
      town.house.clock.set(new Date('2026-03-09T08:00:00Z'));
      await town.settle();
      // She says on the telephone what she needs: her lead is scored today, as it will be when the list is taken back.
      await town.ok('sales_manager', 'PATCH', `/v1/leads/${(await town.leadOf(regula)).id}/qualification`, {
        answers: { need: 'replacement' },
      });
      await town.settle();
      const before = await everything();
      expect(await town.ok('administrator', 'GET', '/v1/verify')).toMatchObject({ holds: true, breaks: [] });

      const done = await town.bringIn('fair.csv', 'inquiries', list, { programId: town.programId });
      expect(done.preview.outcomes).toMatchObject({ new: 5, problem: 1 });
      expect(done.counts).toMatchObject({ new: 5, problem: 1 });

      // Regula's badge joined her lead; Jens, judged bad, asks again and is a lead again; three are new.
      const leads = (await town.ok('marketing', 'GET', '/v1/leads?limit=200')).items as {
        id: string;
        inquiryId: string;
        inquiries: number;
        person: { id: string; name: string };
        holder: { kind: string };
        fate: string | null;
      }[];
      expect(leads.find((lead) => lead.inquiryId === regula.id)?.inquiries).toBe(2);
      const fresh = leads.filter((lead) => lead.inquiryId !== regula.id && lead.inquiryId !== jens.id);
      expect(fresh.map((lead) => lead.person.name).toSorted()).toEqual(['Jens Albrecht', 'Luc Morel', 'Petra Sommer', 'Urs Wyss']);
      const { items: ofList } = await town.ok('marketing', 'GET', `/v1/leads?importId=${done.id}`);
      expect(ofList.map((lead: { id: string }) => lead.id).toSorted()).toEqual(
        leads.flatMap((lead) => (lead.inquiryId === jens.id ? [] : [lead.id])).toSorted(),
      );
      expect(fresh.every((lead) => lead.holder.kind === 'rep' || lead.holder.kind === 'partner')).toBe(true);

      const urs = fresh.find((lead) => lead.person.name === 'Urs Wyss')!.person.id;
      // One telephone, one family, two first names: a person decides.
      const { items: pairs } = await town.ok('marketing', 'GET', '/v1/duplicates');
      expect(pairs).toHaveLength(1);
      await town.ok(
        'marketing',
        'POST',
        `/v1/duplicates/${pairs[0].id}/decide`,
        decision === 'join into the new one' ? { decision: 'join', survivorId: urs } : { decision },
      );
      await town.settle();
      expect((await town.ok('marketing', 'GET', '/v1/duplicates')).items).toHaveLength(0);

      const meanwhile = await everything();
      expect(meanwhile).not.toEqual(before);
      expect(await town.ok('administrator', 'GET', '/v1/verify')).toMatchObject({ holds: true, breaks: [] });

      await town.ok('marketing', 'POST', `/v1/imports/${done.id}/undo`);
      await town.house.runJobs();
      await town.settle();
      expect((await town.ok('marketing', 'GET', `/v1/leads/count?importId=${done.id}`)).count).toBe(0);
      const after = await everything();
      expect(after).toEqual(before);
      const proof = await town.ok('administrator', 'GET', '/v1/verify');
      expect(proof).toMatchObject({ holds: true, breaks: [] });
      expect(proof.conservation.fates.withdrawn).toBe(5);
    },
  );
});
