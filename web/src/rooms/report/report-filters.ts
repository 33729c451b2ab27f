import { useMemo } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useFilters, type Filters } from '../../shell/address.ts';
import type { FilterSpec } from '../../ui/FilterBar.tsx';
import { useFormat } from '../../ui/format.ts';
import { periodDays } from '../../ui/period.ts';
import { useWhoFilters } from '../../ui/who-filters.ts';

export type Cut = 'period' | 'who' | 'programId' | 'sourceId' | 'channel' | 'holderId' | 'territoryId';

/** Where a figure's list lives: leads have their own screen, inquiries are shown with what became of them. */
export const listPath = (list: 'leads' | 'inquiries'): string => (list === 'leads' ? '/leads' : '/fates');

/**
 * One cut for the loop, the scoreboard and the five reports: the address holds it, the API gets it as days and ids, and every
 * figure's link carries it on.
 */
export function useCut(cuts: Cut[], fallback = 'this-quarter'): { specs: FilterSpec[]; query: Filters; period: string } {
  const [filters] = useFilters();
  const format = useFormat();
  const wants = (cut: Cut) => cuts.includes(cut);
  const slow = { staleTime: 300_000 };
  const programs = useApi('GET /v1/programs', { query: { limit: 200 } }, { ...slow, enabled: wants('programId') });
  const channels = useApi('GET /v1/programs/channels', undefined, { ...slow, enabled: wants('channel') });
  const sources = useApi('GET /v1/sources', { query: { limit: 200 } }, { ...slow, enabled: wants('sourceId') });
  const holders = useApi('GET /v1/holders', undefined, { ...slow, enabled: wants('holderId') });
  const territories = useApi('GET /v1/territories', undefined, { ...slow, enabled: wants('territoryId') });
  const named = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const who = useWhoFilters('lead', filters);
  const { where } = who.asked(filters);
  const all: Record<Exclude<Cut, 'who'>, FilterSpec> = {
    period: { kind: 'period', name: 'period', fallback },
    programId: { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: named(programs.data?.items) },
    sourceId: { kind: 'choice', name: 'sourceId', label: 'Source', all: 'All sources', options: named(sources.data?.items) },
    channel: {
      kind: 'choice',
      name: 'channel',
      label: 'Channel',
      all: 'All channels',
      options: (channels.data?.items ?? []).map((name) => ({ value: name, label: name })),
    },
    holderId: { kind: 'choice', name: 'holderId', label: 'Holder', all: 'All reps & partners', options: named(holders.data?.items) },
    territoryId: {
      kind: 'choice',
      name: 'territoryId',
      label: 'Territory',
      all: 'All territories',
      options: named(territories.data?.items),
    },
  };
  const period = filters.period ?? fallback;
  const days = periodDays(period, format.today());
  const key = JSON.stringify([days, where, ...cuts.map((cut) => filters[cut])]);
  const query = useMemo(() => {
    const out: Filters = {};
    if (days.from) out.from = days.from;
    if (days.to) out.to = days.to;
    for (const cut of cuts) if (cut !== 'period' && cut !== 'who' && filters[cut]) out[cut] = filters[cut];
    if (where) out['where'] = where;
    return out;
    // The key holds everything the query is made of.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return { specs: cuts.flatMap((cut) => (cut === 'who' ? who.specs : [all[cut]])), query, period };
}
