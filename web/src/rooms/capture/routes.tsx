import { useApi } from '../../api/hooks.ts';
import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'management', 'finance'];
const inside: Role[] = ['marketing', 'sales_manager', 'management'];
const marketing: Role[] = ['marketing'];

function useQuarantined() {
  const total = useApi('GET /v1/quarantine', undefined, { live: ['inquiry'], staleTime: 60_000 }).data?.total;
  return total ? { value: total, urgent: true } : {};
}

export const room = defineRoom({
  screens: [
    { path: '/programs', title: 'Programs', may: readers, load: () => import('./ProgramList.tsx') },
    { path: '/programs/$id', title: 'Program', may: readers, load: () => import('./ProgramPage.tsx') },
    { path: '/imports', title: 'Imports', may: readers, load: () => import('./ImportList.tsx') },
    { path: '/imports/new', title: 'Import a file', may: marketing, load: () => import('./ImportNew.tsx') },
    { path: '/imports/$id', title: 'Import', may: readers, load: () => import('./ImportPage.tsx') },
    { path: '/inquiries', title: 'Inquiries', may: inside, load: () => import('./InquiryList.tsx') },
    { path: '/inquiries/$id', title: 'Inquiry', may: [...inside, 'rep'], load: () => import('./InquiryPage.tsx') },
    { path: '/lead-mail', title: 'Lead mail', may: inside, load: () => import('./LeadMailList.tsx') },
    { path: '/lead-mail/$id', title: 'Lead mail', may: marketing, load: () => import('./LeadMailPage.tsx') },
    { path: '/settings/sources', title: 'Sources', may: marketing, load: () => import('./Sources.tsx') },
    { path: '/quarantine', title: 'Quarantine', may: marketing, load: () => import('./Quarantine.tsx') },
  ],
  nav: [
    { to: '/programs', label: 'Programs', group: 'Work', order: 40, may: readers, goKey: 'p' },
    { to: '/imports', label: 'Imports', group: 'Work', order: 42, may: readers, goKey: 'i' },
    { to: '/inquiries', label: 'Inquiries', group: 'Database', order: 5, may: inside },
    { to: '/lead-mail', label: 'Lead mail', group: 'Database', order: 6, may: inside },
    { to: '/quarantine', label: 'Quarantine', group: 'Database', order: 60, may: marketing, useCount: useQuarantined },
  ],
});
