import { addCost, createProgram, resolveSources } from '../capture/index.ts';
import { addHolder, changeTerritory, listTerritories } from '../distribute/index.ts';
import { addUser, changeUser, getWorkspace, writeSetting } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { holders, staff, territories, type DemoHolder } from './company.rules.ts';
import { nameSourceChannels } from './demo.store.ts';
import { channelNames, programsFor, sources, type DemoProgram } from './programs.rules.ts';

export interface Company {
  holderIds: Map<string, string>;
  holdersById: Map<string, DemoHolder>;
  userIds: Map<string, string>;
  sourceIds: Map<string, string>;
  sourceNames: Map<string, string>;
  /** The workspace's own currency: prices are taken to be in it, whatever it is. */
  currency: string;
}

/** Sixteen people, however many inquiries: up to two and a half thousand are work at leisure. */
const easeOf = (inquiries: number): number => Math.min(1, Math.max(0.3, Math.sqrt(2500 / inquiries)));

/** Founds the demo company: sources, reps and distributors, territories, the people in the office. Programs come in their time. */
export async function foundCompany(tx: Tx, cx: Context, inquiries: number): Promise<Company> {
  const made = await resolveSources(
    tx,
    cx,
    sources.map((source) => source.name),
  );
  const sourceIds = new Map(sources.map((source) => [source.key, made.get(source.name.toLowerCase())!]));
  await nameSourceChannels(
    tx,
    sources.map((source) => ({ id: sourceIds.get(source.key)!, channel: channelNames[source.channel] })),
  );

  const userIds = new Map<string, string>();
  const user = async (
    key: string,
    name: string,
    email: string,
    role: 'rep' | 'partner' | (typeof staff)[number]['role'],
  ): Promise<string> => {
    const id = cx.ids.next();
    await addUser(tx, { id, name, email, roles: [role], holderId: null, externalId: null, status: 'invited', createdAt: cx.clock.now() });
    userIds.set(key, id);
    return id;
  };
  for (const person of staff) await user(person.email, person.name, person.email, person.role);

  const holderIds = new Map<string, string>();
  for (const holder of holders) {
    const userId = holder.works === 'app' ? await user(holder.key, holder.contact, holder.email, holder.kind) : undefined;
    const id = await addHolder(tx, cx, {
      kind: holder.kind,
      name: holder.name,
      email: holder.email,
      phone: holder.phone,
      country: holder.country,
      timeZone: holder.timeZone,
      languages: [...holder.languages],
      // A larger world has a larger sales force, a smaller one less time for it; ours is counted for twenty thousand inquiries.
      capacityPerWeek: Math.round(holder.capacityPerWeek * 3 * Math.max(0.26, inquiries / 20_000)),
      weight: holder.weight,
      ...(userId ? { userId } : {}),
    });
    holderIds.set(holder.key, id);
    if (userId) await changeUser(tx, userId, { holderId: id });
  }
  const territoryIds = new Map<string, string>();
  for (const [position, territory] of territories.entries()) {
    const { countries, states, postalRanges, verticals } = territory;
    const { id } = await changeTerritory(tx, cx, null, {
      parentId: territory.under === undefined ? null : territoryIds.get(territory.under)!,
      name: territory.name,
      position: position + 1,
      rules: {
        ...(countries.length > 0 ? { countries: [...countries] } : {}),
        ...(states ? { states: [...states] } : {}),
        ...(postalRanges ? { postalRanges: postalRanges.map((range) => ({ ...range })) } : {}),
        ...(verticals ? { verticals: [...verticals] } : {}),
      },
      overflow: true,
      holders: territory.holders.map(([key, weight]) => ({ holderId: holderIds.get(key)!, weight })),
    });
    territoryIds.set(territory.name, id);
  }
  // Whoever is beyond every border goes to the two reps who travel.
  const rest = (await listTerritories(tx)).find((territory) => territory.position >= 100_000);
  if (rest)
    await changeTerritory(tx, cx, rest.id, {
      holders: [
        { holderId: holderIds.get('javier.montalban')!, weight: 2 },
        { holderId: holderIds.get('dana.whitfield')!, weight: 1 },
      ],
    });
  await writeSetting(tx, cx, 'responsePromise', {
    hot: 480,
    warm: 1440,
    cold: 1920,
    followup: { hot: 960, warm: 2400, cold: 3840 },
  });
  return {
    holderIds,
    holdersById: new Map(holders.map((holder) => [holderIds.get(holder.key)!, { ...holder, ease: easeOf(inquiries) }])),
    userIds,
    sourceIds,
    sourceNames: new Map(sources.map((source) => [source.key, source.name])),
    currency: (await getWorkspace(tx)).currency,
  };
}

export interface ProgramPlan {
  program: DemoProgram;
  createAt: Date;
  costs: { at: Date; amountMinor: number; note: string }[];
}

const day = 86_400_000;

/** When each program is drawn up, and when its bills come. The bill of a day ahead of today has not come yet. */
export function planPrograms(inquiries: number, from: Date, now: Date): ProgramPlan[] {
  return programsFor(inquiries).map((program) => {
    const costs = program.costs.map((cost) => ({
      at: new Date(Math.max(from.getTime(), now.getTime() - cost.daysAgo * day)),
      amountMinor: cost.amount * 100,
      note: cost.note,
    }));
    const first = Math.min(now.getTime() - program.from * day, ...costs.map((cost) => cost.at.getTime()));
    return { program, createAt: new Date(Math.max(from.getTime(), first - 10 * day)), costs };
  });
}

export async function openProgram(tx: Tx, cx: Context, program: DemoProgram, now: Date): Promise<string> {
  const on = (daysAgo: number): string => new Date(now.getTime() - daysAgo * day).toISOString().slice(0, 10);
  return createProgram(tx, cx, {
    name: program.name,
    externalId: program.externalId,
    channel: channelNames[program.channel],
    status: program.to > 0 ? 'finished' : 'active',
    startsOn: on(program.from),
    endsOn: program.to >= -29 ? on(program.to) : null,
    budgetMinor: program.budget * 100,
    expectedMinor: program.goalSales * 1_400_000,
    goalInquiries: program.goalInquiries,
    goalLeads: program.goalLeads,
    goalSales: program.goalSales,
    ownerName: program.channel === 'trade_show' || program.channel === 'mail' ? 'Colin Ashby' : 'Priya Raman',
  });
}

export async function payCost(tx: Tx, cx: Context, programId: string, currency: string, cost: ProgramPlan['costs'][number]): Promise<void> {
  await addCost(
    tx,
    cx,
    programId,
    { onDate: cost.at.toISOString().slice(0, 10), amountMinor: cost.amountMinor, note: cost.note },
    currency,
  );
}
