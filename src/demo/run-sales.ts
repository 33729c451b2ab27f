import { changeHolder, changeHolidays, changeTeam, contestCut, draftRules, listCuts, measureSilence, pauseAssignments, publishRules } from '../distribute/index.ts';
import type { RoutingRule } from '../distribute/index.ts';
import { answerRound, changePlaybooks, findRound, keepScript, listRounds, makeList, recordCall, registerLead, sendRounds, setPlanHour, takeTurn } from '../followup/index.ts';
import { getWorkspace, systemScope, writeSetting } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import { SetClock } from '../platform/clock.ts';
import type { Context } from '../platform/context.ts';
import type { Agenda } from './agenda.rules.ts';
import { holders } from './company.rules.ts';
import { findAccepted } from './demo.store.ts';
import type { Company } from './found-company.ts';
import { randomOf } from './random.rules.ts';
import { callScript, calling, certifiedFor, gradedCapacity, holidaysOf, keyTeam, mailTemplates, partnerProfiles, planned, playbooks, registrant, registrations, resting, routingVersions, shareCuts, verdictRounds } from './sales-desk.rules.ts';
import type { Errand } from './simulate.ts';

const day = 86_400_000;

/**
 * What the sales manager sets up while the company lives: holidays, what partners carry, a part-time partner, routing rules, playbooks, plans of the day,
 * rounds of verdicts and shares that silence lowers; and what a partner and a caller do beside their leads: registrations, and calls down a list.
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
  agenda.add(at(210), {
    run: async (tx) => {
      for (const { holder, tier, productLines, certificates } of partnerProfiles)
        await changeHolder(tx, cx, idOf(holder), { tier, productLines: [...productLines], certificates: certificates.map(({ name, until }) => ({ name, until: until === null ? null : at(-until).toISOString().slice(0, 10) })) });
    },
  });
  // A rule keeps its id from version to version, so that what it took is counted together.
  const ruleIds = new Map<string, string>();
  let teamId: string | undefined;
  for (const { daysAgo, note, rules } of routingVersions)
    agenda.add(at(daysAgo), {
      run: async (tx) => {
        teamId ??= (await changeTeam(tx, cx, null, { name: keyTeam.name, holders: keyTeam.holders.map((key) => ({ holderId: idOf(key), weight: 1 })) })).id;
        const pools = {
          key: { kind: 'team', teamId },
          certified: { kind: 'partners', tiers: [], byProduct: true, certificates: [certifiedFor] },
          territory: { kind: 'territory' },
        } as const satisfies Record<string, RoutingRule['pool'] | object>;
        const made = rules.map(({ pool, ...rule }) => {
          if (!ruleIds.has(rule.name)) ruleIds.set(rule.name, cx.ids.next());
          return { ...rule, id: ruleIds.get(rule.name)!, first: false, pool: structuredClone(pools[pool]) as RoutingRule['pool'] };
        });
        await draftRules(tx, cx, made, null);
        await publishRules(tx, cx, note);
      },
    });
  agenda.add(at(shareCuts.daysAgo), { run: (tx) => writeSetting(tx, cx, 'shareCuts', { on: true }) });
  // In an hour of the week that was yesterday, so that the last round is fresh and half answered.
  const roundAt = new Date(Math.floor((now.getTime() - 16 * 3_600_000) / 3_600_000) * 3_600_000);
  agenda.add(at(verdictRounds.daysAgo), {
    run: async (tx) => {
      const { timeZone } = await getWorkspace(tx);
      const part = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en', { timeZone, ...options }).format(roundAt);
      const weekday = 1 + ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part({ weekday: 'short' }));
      await writeSetting(tx, cx, 'verdictRound', { ...verdictRounds.settings, weekday, hour: Number(part({ hour: 'numeric', hourCycle: 'h23' })) });
    },
  });
  let roundsTo = at(verdictRounds.daysAgo);
  /** Hours later those who judge at all answer on the page, in the browser they always use. */
  async function answerRounds(slot: number): Promise<void> {
    const later: Context = { ...cx, clock: new SetClock(new Date(slot + 3 * 3_600_000)) };
    await cx.db.write(scope, async (tx) => {
      for (const { id, sentAt } of await listRounds(tx, {}, undefined, holders.length)) {
        if (sentAt.getTime() !== slot) continue;
        const round = (await findRound(tx, id))!;
        const { diligence } = company.holdersById.get(round.holderId)!;
        for (const lead of round.leadIds) {
          if (!random.chance(diligence.verdicts * verdictRounds.answered)) continue;
          const [said, reason] = random.weighted(verdictRounds.answers).split(': ') as [string, string?];
          await answerRound(tx, later, round, { lead, do: said, ...(reason && { reason }) }, { via: 'round', mark: `demo ${round.holderId}`, browser: 'Chrome on Windows' });
        }
      }
    });
  }
  /** Each week's round at its own hour, however long the steps are in which the past is told. */
  async function askRounds(until: Date): Promise<void> {
    const week = 7 * day;
    // An hour and a half in, so that it is within the round whichever time of the year it is.
    const first = roundAt.getTime() + 5_400_000 - week * Math.ceil((roundAt.getTime() - roundsTo.getTime()) / week);
    for (let slot = first; slot <= until.getTime(); slot += week)
      if (slot > roundsTo.getTime() && (await sendRounds({ ...cx, clock: new SetClock(new Date(slot)) }, scope)) > 0) await answerRounds(slot);
    if (until > roundsTo) roundsTo = until;
  }
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
      await askRounds(until);
    },
    async finish() {
      await cx.db.write(scope, async (tx) => {
        await measureSilence(tx, cx);
        // Who is cut most says something against it; in a small world nobody had leads enough to be judged.
        const [cut] = await listCuts(tx, null);
        if (cut) await contestCut(tx, cx, cut.holderId, shareCuts.note);
      });
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
