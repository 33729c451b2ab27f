import {
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from '@tanstack/react-query';
import { ApiProblem, api } from './client.ts';
import type { Answer, Endpoint, Input, Item } from './contract.ts';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 20_000,
        gcTime: 15 * 60_000,
        retry: (count, error) => count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: true,
      },
    },
  });
}

export interface ReadOptions {
  /** First words of the live topics that make this answer stale, e.g. ['lead', 'import']. */
  live?: string[];
  enabled?: boolean;
  staleTime?: number;
  refetchInterval?: number | false;
  /** Keep showing the old answer while filters change (default true). */
  keep?: boolean;
}

export const keyOf = (endpoint: string, input?: unknown) => [endpoint, input ?? {}] as const;

/** One answer. `const lead = useApi('GET /v1/leads/:id', { params: { id } }, { live: ['lead'] })`. */
export function useApi<K extends Endpoint>(endpoint: K, input?: Input<K>, options: ReadOptions = {}) {
  return useQuery<Answer<K>, ApiProblem>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => api(endpoint, input, signal),
    enabled: options.enabled,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
    placeholderData: options.keep === false ? undefined : keepPreviousData,
    meta: { live: options.live ?? [] },
  });
}

export interface Pages<Row> {
  rows: Row[];
  isLoading: boolean;
  isFetching: boolean;
  error: ApiProblem | null;
  hasMore: boolean;
  more(): void;
  /** The first page's answer, for totals that ride along. */
  first: unknown;
  refetch(): void;
}

/** A keyset-paged list, ready for VirtualTable. */
export function usePages<K extends Endpoint>(
  endpoint: K,
  input?: Input<K>,
  options: ReadOptions & { limit?: number } = {},
): Pages<Item<K>> {
  const query = useInfiniteQuery<Answer<K>, ApiProblem, InfiniteData<Answer<K>>, readonly unknown[], string | undefined>({
    queryKey: [...keyOf(endpoint, input), 'pages'],
    initialPageParam: undefined,
    queryFn: ({ pageParam, signal }) =>
      api(endpoint, { ...input, query: { limit: options.limit ?? 100, ...(input?.query as object), cursor: pageParam } }, signal),
    getNextPageParam: (last) => (last as { nextCursor?: string | null }).nextCursor ?? undefined,
    enabled: options.enabled,
    staleTime: options.staleTime,
    placeholderData: keepPreviousData,
    meta: { live: options.live ?? [] },
  });
  return {
    rows: (query.data?.pages ?? []).flatMap((page) => (page as unknown as { items: Item<K>[] }).items),
    isLoading: query.isLoading,
    isFetching: query.isFetching,
    error: query.error,
    hasMore: query.hasNextPage,
    more: () => void (query.hasNextPage && !query.isFetchingNextPage && query.fetchNextPage()),
    first: query.data?.pages[0],
    refetch: () => void query.refetch(),
  };
}

/** A change. `stale` names the endpoints (by prefix) whose answers it makes old. */
export function useSend<K extends Endpoint>(
  endpoint: K,
  options: { stale?: string[]; done?: (answer: Answer<K>, input: Input<K>) => void } = {},
) {
  const client = useQueryClient();
  return useMutation<Answer<K>, ApiProblem, Input<K>>({
    mutationFn: (input) => api(endpoint, input),
    onSuccess: (answer, input) => {
      forget(client, options.stale ?? []);
      options.done?.(answer, input);
    },
  });
}

/** Marks every cached answer whose endpoint path begins with one of these as old, e.g. forget(client, ['/v1/leads']). */
export function forget(client: QueryClient, paths: string[]): void {
  if (paths.length === 0) return;
  void client.invalidateQueries({
    predicate: (query) => {
      const name = String(query.queryKey[0]);
      const path = name.slice(name.indexOf(' ') + 1);
      return paths.some((prefix) => path.startsWith(prefix));
    },
  });
}
