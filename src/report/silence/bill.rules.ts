import type { Bill, BillLine, Clock } from './bill.contract.ts';

export interface SilentLead {
  leadId: string;
  holderId: string | null;
  territoryId: string | null;
  name: string;
  organization: string | null;
  clock: Clock;
  since: Date;
}
export interface Cost {
  lostMinor: number;
  leftMinor: number;
  chancePercent: number;
}

const leadsShown = 50;
type Sum = Bill['total'];

/**
 * What unfollowed leads cost, added up: by whom and where, the dearest first. A lead whose worth nobody could reckon any more (it was closed
 * between two looks) is in no sum.
 */
export function shapeBill(
  silent: readonly SilentLead[],
  costs: ReadonlyMap<string, Cost>,
  names: { holders: ReadonlyMap<string, { name: string; kind: string }>; territories: ReadonlyMap<string, string> },
): Pick<Bill, 'total' | 'holders' | 'territories' | 'leads'> {
  const priced = silent.flatMap((lead) => {
    const cost = costs.get(lead.leadId);
    return cost ? [{ ...lead, ...cost }] : [];
  });
  const sum = (of: typeof priced): Sum => ({
    leads: of.length,
    uncontacted: of.filter(({ clock }) => clock !== 'attempts' && clock !== 'verdict').length,
    untried: of.filter(({ clock }) => clock === 'attempts').length,
    unjudged: of.filter(({ clock }) => clock === 'verdict').length,
    lostMinor: of.reduce((all, one) => all + one.lostMinor, 0),
    atRiskMinor: of.reduce((all, one) => all + one.leftMinor, 0),
  });
  const holderOf = (id: string | null): { name: string; kind: string } => (id === null ? undefined : names.holders.get(id)) ?? { name: 'Nobody', kind: 'desk' };
  const dearest = (a: BillLine, b: BillLine): number => b.lostMinor + b.atRiskMinor - (a.lostMinor + a.atRiskMinor) || (a.name < b.name ? -1 : 1);
  return {
    total: sum(priced),
    holders: [...Map.groupBy(priced, ({ holderId }) => holderId)]
      .map(([id, own]) => {
        const holder = holderOf(id);
        return { id, ...holder, name: holder.kind === 'desk' ? 'Waiting for a holder' : holder.name, ...sum(own), drill: { unfollowed: 'true', holderId: id ?? 'none' } };
      })
      .sort(dearest),
    territories: [...Map.groupBy(priced, ({ territoryId }) => territoryId)]
      .map(([id, own]) => ({ id, name: id === null ? 'No territory' : (names.territories.get(id) ?? '(removed)'), ...sum(own), drill: { unfollowed: 'true', territoryId: id ?? 'none' } }))
      .sort(dearest),
    leads: priced
      .toSorted((a, b) => b.lostMinor + b.leftMinor - (a.lostMinor + a.leftMinor) || (a.leadId < b.leadId ? -1 : 1))
      .slice(0, leadsShown)
      .map(({ leadId, name, organization, holderId, clock, since, chancePercent, lostMinor, leftMinor }) => ({
        leadId,
        name,
        organization,
        holder: clock === 'holder' ? 'Waiting for a holder' : holderOf(holderId).name,
        clock,
        since: since.toISOString(),
        chancePercent,
        lostMinor,
        atRiskMinor: leftMinor,
      })),
  };
}
