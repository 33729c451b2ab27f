import { useApi } from '../../api/hooks.ts';
import { useSession } from '../../api/session.ts';

/** The holder this person works as: a partner's by their sign-in, a rep's by the holder that names them. */
export function useMyHolder(): { holderId: string | undefined; isLoading: boolean } {
  const { user } = useSession();
  const mustAsk =
    !user.holderId && (user.roles.includes('rep') || user.roles.includes('sales_manager') || user.roles.includes('administrator'));
  const holders = useApi('GET /v1/holders', { query: { active: 'true' } }, { enabled: mustAsk, staleTime: 300_000 });
  return {
    holderId: user.holderId ?? holders.data?.items.find((holder) => holder.userId === user.id)?.id,
    isLoading: mustAsk && holders.isLoading,
  };
}
