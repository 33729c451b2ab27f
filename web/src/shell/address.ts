import { useLocation, useParams, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

/** The address bar is the state of a screen: plain `?name=value` pairs, the same names the API's query has. */
export type Filters = Record<string, string>;

export const parseSearch = (text: string): Filters => Object.fromEntries(new URLSearchParams(text));
export const stringifySearch = (search: Record<string, unknown>): string => {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') out.set(name, String(value));
  const text = out.toString();
  return text ? `?${text}` : '';
};

/** `href('/leads', { grade: 'hot' })` leaves out what is empty. */
export const href = (path: string, search: Record<string, unknown> = {}): string => path + stringifySearch(search);

export function useFilters(): [Filters, (patch: Record<string, string | number | undefined | null>, options?: { push?: boolean }) => void] {
  const router = useRouter();
  const text = useLocation({ select: (location) => location.searchStr });
  const filters = useMemo(() => parseSearch(text), [text]);
  const set = useCallback(
    (patch: Record<string, string | number | undefined | null>, options: { push?: boolean } = {}) => {
      const { pathname, search } = router.history.location;
      const next = pathname + stringifySearch({ ...parseSearch(search), ...patch });
      if (options.push) router.history.push(next);
      else router.history.replace(next);
    },
    [router],
  );
  return [filters, set];
}

export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const router = useRouter();
  return useCallback((to, options = {}) => (options.replace ? router.history.replace(to) : router.history.push(to)), [router]);
}

/** The value of a path parameter such as $id. */
export function useParam(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false });
  return params[name] ?? '';
}
