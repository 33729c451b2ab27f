import { useQueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { ApiProblem, send } from './client.ts';
import { keyOf, useApi } from './hooks.ts';

export type Role = 'administrator' | 'marketing' | 'sales_manager' | 'rep' | 'partner' | 'management' | 'finance';

export interface Session {
  user: { id: string; name: string; email: string; roles: Role[]; holderId?: string | null };
  workspace: { id: string; name: string; currency: string; locale: string; timeZone: string; country: string | null; isDemo: boolean };
}

const Held = createContext<Session | undefined>(undefined);
export const SessionProvider = Held.Provider;

/** The signed-in person and company. Only screens inside the shell call this; there it is always known. */
export function useSession(): Session {
  const session = use(Held);
  if (!session) throw new Error('a screen outside the shell asked for the session');
  return session;
}

export const useMaybeSession = (): Session | undefined => use(Held);

export function useSessionQuery() {
  const query = useApi('GET /v1/session', undefined, { staleTime: 5 * 60_000, keep: false });
  const signedOut = query.error instanceof ApiProblem && query.error.status === 401;
  return {
    session: signedOut ? undefined : (query.data as Session | undefined),
    signedOut,
    error: signedOut ? null : query.error,
    isLoading: query.isLoading,
  };
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await send('DELETE', '/v1/session').catch(() => undefined);
    client.clear();
    client.removeQueries({ queryKey: keyOf('GET /v1/session') });
    location.assign('/sign-in');
  };
}

export const may = (session: Session, roles?: Role[]): boolean =>
  !roles || session.user.roles.includes('administrator') || roles.some((role) => session.user.roles.includes(role));

/** What each kind of person sees first. */
export function frontPage(session: Session): string {
  const has = (role: Role) => session.user.roles.includes(role);
  if (has('marketing') || has('administrator') || has('sales_manager')) return '/loop';
  if (has('management') || has('finance')) return '/scoreboard';
  return '/queue';
}
