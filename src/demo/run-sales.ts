import { changeHolder, changeHolidays, changeTeam, draftRules, publishRules } from '../distribute/index.ts';
import type { RoutingRule } from '../distribute/index.ts';
import { changePlaybooks, setPlanHour } from '../followup/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Agenda } from './agenda.rules.ts';
import { holders } from './company.rules.ts';
import type { Company } from './found-company.ts';
import { gradedCapacity, holidaysOf, keyTeam, planned, playbooks, routingRules } from './sales-desk.rules.ts';
import type { Errand } from './simulate.ts';

const day = 86_400_000;

/** What the sales manager sets up while the company lives: holidays, a part-time partner, routing rules, playbooks, plans of the day. */
export function runSales(cx: Context, { agenda, company, from, now }: { agenda: Agenda<Errand>; company: Company; from: Date; now: Date }): { finish(scope: Scope): Promise<void> } {
  const at = (daysAgo: number): Date => new Date(now.getTime() - daysAgo * day);
  const idOf = (key: string): string => company.holderIds.get(key)!;
  const years = Array.from({ length: now.getUTCFullYear() - from.getUTCFullYear() + 2 }, (_, i) => from.getUTCFullYear() + i);

  agenda.add(at(300), {
    run: async (tx) => {
      for (const { name, country, days } of holidaysOf(years))
        await changeHolidays(tx, cx, null, { name, country, days, holderIds: holders.filter((holder) => holder.country === country).map(({ key }) => idOf(key)) });
    },
  });
  agenda.add(at(240), {
    run: async (tx) => {
      const capacity = Math.max(1, Math.round(holders.find(({ key }) => key === gradedCapacity.holder)!.capacityPerWeek));
      const capacityByGrade = { hot: capacity * gradedCapacity.shares.hot, warm: capacity * gradedCapacity.shares.warm };
      await changeHolder(tx, cx, idOf(gradedCapacity.holder), { capacityByGrade });
    },
  });
  agenda.add(at(200), {
    run: async (tx) => {
      const team = await changeTeam(tx, cx, null, { name: keyTeam.name, holders: keyTeam.holders.map((key) => ({ holderId: idOf(key), weight: 1 })) });
      const rules = routingRules.map(({ pool, ...rule }): RoutingRule => ({ ...rule, id: cx.ids.next(), first: false, pool: pool === 'key' ? { kind: 'team', teamId: team.id } : { kind: pool } }));
      await draftRules(tx, cx, rules, null);
      await publishRules(tx, cx, 'Large projects go to our own people.');
    },
  });
  agenda.add(at(95), {
    run: (tx) => changePlaybooks(tx, cx, null, playbooks.map((one) => ({ ...one, id: cx.ids.next(), steps: one.steps.map((step) => ({ ...step, id: cx.ids.next() })) }))),
  });
  return {
    async finish(scope) {
      for (const { user, hour } of planned) await cx.db.write({ ...scope, userId: company.userIds.get(user)!, holderId: idOf(user) }, (tx) => setPlanHour(tx, hour));
    },
  };
}
