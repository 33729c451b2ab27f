import { changeHolder, changeHolidays, changeTeam, draftRules, pauseAssignments, publishRules } from '../distribute/index.ts';
import type { RoutingRule } from '../distribute/index.ts';
import { changePlaybooks, keepScript, makeList, recordCall, registerLead, setPlanHour, takeTurn } from '../followup/index.ts';
import { systemScope, writeSetting } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Agenda } from './agenda.rules.ts';
import { holders } from './company.rules.ts';
import { findAccepted } from './demo.store.ts';
import type { Company } from './found-company.ts';
import { randomOf } from './random.rules.ts';
import { callScript, calling, gradedCapacity, holidaysOf, keyTeam, mailTemplates, planned, playbooks, registrant, registrations, resting, routingRules } from './sales-desk.rules.ts';
import type { Errand } from './simulate.ts';

const day = 86_400_000;

/**
 * What the sales manager sets up while the company lives: holidays, a part-time partner, routing rules, playbooks, plans of the day; and what a
 * partner and a caller do beside their leads: registrations, and calls down a list.
 */
export function runSales(
  cx: Context,
  scope: Scope,
  { agenda, company, from, now, seed }: { agenda: Agenda<Errand>; company: Company; from: Date; now: Date; seed: number },
): { work(until: Date): Promise<void>; finish(): Promise<void> } {
  const random = randomOf(seed, 'telephone');
  const toRegister = [...registrations];
  let listId: string | undefined;
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
  agenda.add(at(90), { run: (tx) => writeSetting(tx, cx, 'mailTemplates', { items: mailTemplates }) });
  agenda.add(at(calling.daysAgo), {
    run: async (tx) => {
      const script = await keepScript(tx, cx, cx.ids.next(), { name: callScript.name, steps: callScript.steps.map((step) => structuredClone(step) as never) });
      listId = (await makeList(tx, cx, { name: calling.name, scriptId: script.id, chosen: calling.chosen, ...calling.terms })).id;
    },
  });

  /** Some calls in a row, while it is day where they ring. */
  async function callOn(list: string): Promise<void> {
    const caller: Scope = { ...systemScope(scope.workspaceId), userId: company.userIds.get(calling.caller)! };
    for (let turn = 0; turn < calling.callsAtOnce; turn++) {
      const { lead } = await cx.db.write(caller, (tx) => takeTurn(tx, cx, list));
      if (!lead) return;
      const outcome = random.weighted(calling.outcomes);
      const answers = outcome === 'qualified' || outcome === 'not_qualified' ? callScript.ways[outcome] : [];
      await cx.db.write(caller, (tx) => recordCall(tx, cx, list, { leadId: lead.leadId, outcome, answers }));
    }
  }

  return {
    /** What is a transaction of its own: what was registered, and calls. */
    async work(until) {
      while (toRegister[0] && at(toRegister[0].daysAgo) <= until) {
        const { daysAgo: _, ...typed } = toRegister.shift()!;
        const partner: Scope = { workspaceId: scope.workspaceId, roles: ['partner'], holderId: idOf(registrant), userId: company.userIds.get(registrant)! };
        await registerLead(cx, partner, { ...typed, country: 'US' });
      }
      if (listId) await callOn(listId);
    },
    async finish() {
      await cx.db.write(scope, async (tx) => {
        for (const { holder, days, reason } of resting)
          for (const { leadId } of await findAccepted(tx, idOf(holder), 2)) {
            const userId = company.userIds.get(holder)!;
            await pauseAssignments(tx, cx, [{ leadId, holderId: idOf(holder), at: cx.clock.now(), until: at(-days), reason, via: 'app', actor: userId }]);
          }
      });
      for (const { user, hour } of planned) await cx.db.write({ ...scope, userId: company.userIds.get(user)!, holderId: idOf(user) }, (tx) => setPlanHour(tx, hour));
    },
  };
}
