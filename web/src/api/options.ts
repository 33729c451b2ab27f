import { may, useSession } from '../api/session.ts';
import { useApi } from './hooks.ts';

export interface Choice {
  value: string;
  label: string;
  note?: string;
}

const long = 5 * 60_000;

/** The programs to choose from; one request for the whole visit. */
export function usePrograms(): Choice[] {
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management', 'finance', 'rep']);
  const answer = useApi('GET /v1/programs', { query: { limit: 200 } }, { staleTime: long, live: ['program'], enabled });
  return (answer.data?.items ?? []).map((one) => ({ value: one.id, label: one.name, note: one.channel ?? undefined }));
}

export function useSources(): Choice[] {
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management', 'finance', 'rep']);
  const answer = useApi('GET /v1/sources', { query: { limit: 200 } }, { staleTime: long, enabled });
  return (answer.data?.items ?? []).map((one) => ({ value: one.id, label: one.name, note: one.channel ?? undefined }));
}

export const holderKinds = { rep: 'Rep', partner: 'Partner', desk: 'Desk', nurture: 'Nurture' } as const;

export function useHolders(kinds?: string[]): Choice[] {
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management', 'rep', 'finance']);
  const answer = useApi('GET /v1/holders', undefined, { staleTime: long, live: ['holder'], enabled });
  return (answer.data?.items ?? [])
    .filter((one) => one.active && (!kinds || kinds.includes(one.kind)))
    .map((one) => ({ value: one.id, label: one.name, note: holderKinds[one.kind] }));
}

export function useTerritories(): Choice[] {
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management', 'rep', 'finance']);
  const answer = useApi('GET /v1/territories', undefined, { staleTime: long, live: ['territory'], enabled });
  return (answer.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
}

export function useSegments(subject: 'person' | 'organization'): Choice[] {
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management', 'rep', 'finance']);
  const answer = useApi('GET /v1/segments', { query: { subject } }, { staleTime: long, live: ['segment'], enabled });
  return (answer.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }));
}
