import { useApi } from '../../api/hooks.ts';
import type { Kind } from './import-status.tsx';

const none: Kind[] = [];

export function useKinds(): Kind[] {
  return useApi('GET /v1/import-kinds', undefined, { staleTime: Infinity }).data?.items ?? none;
}
