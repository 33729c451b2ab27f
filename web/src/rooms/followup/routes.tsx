import { defineRoom } from '../../shell/rooms.ts';
import { useMyHolder } from './my-holder.ts';
import { useApi } from '../../api/hooks.ts';

/** The queue's length, red when a promise is broken. */
function useQueueCount() {
  const { holderId } = useMyHolder();
  const query = useApi('GET /v1/queue', { query: { limit: 1 } }, { live: ['lead'], enabled: Boolean(holderId), staleTime: 30_000 });
  return { value: query.data?.total, urgent: (query.data?.overdue ?? 0) > 0 };
}

export const room = defineRoom({
  screens: [
    { path: '/queue', title: 'Queue', load: () => import('./Queue.tsx') },
    { path: '/verdict-rounds', title: 'Verdict rounds', may: ['marketing', 'sales_manager', 'management', 'partner'], load: () => import('./VerdictRounds.tsx') },
    { path: '/registrations', title: 'Registered leads', may: ['marketing', 'sales_manager', 'management', 'partner'], load: () => import('./Registrations.tsx') },
    { path: '/queue/method', title: 'How the queue is ordered', may: ['rep', 'sales_manager', 'marketing', 'management'], load: () => import('./QueueMethod.tsx') },
    { path: '/playbooks', title: 'Playbooks', may: ['rep', 'sales_manager', 'marketing', 'management'], load: () => import('./Playbooks.tsx') },
    { path: '/diary', title: 'My calendar and mail', may: ['rep', 'partner', 'sales_manager'], load: () => import('./Diary.tsx') },
    { path: '/leads/$id', title: 'Lead', load: () => import('./LeadScreen.tsx') },
  ],
  nav: [
    { to: '/registrations', label: 'Register a lead', group: 'Work', order: 12, may: ['partner'], only: 'partner', thumb: { icon: 'plus', order: 3 } },
    { to: '/playbooks', label: 'Playbooks', group: 'Hand over', order: 30, may: ['sales_manager', 'marketing', 'management'] },
    {
      to: '/queue',
      label: 'My queue',
      group: 'Work',
      order: 10,
      goKey: 'q',
      may: ['rep', 'partner', 'sales_manager'],
      useCount: useQueueCount,
      thumb: { icon: 'queue', order: 1 },
    },
  ],
});
