import { useApi } from '../../api/hooks.ts';
import { api } from '../../api/client.ts';
import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];
const costers: Role[] = ['marketing', 'sales_manager', 'management', 'finance'];
const editors: Role[] = ['marketing', 'sales_manager', 'rep'];
const keepers: Role[] = ['marketing', 'sales_manager'];

function useOpenPairs() {
  const asked = { query: { limit: 1 } };
  const kept = { live: ['person'], staleTime: 60_000 };
  const people = useApi('GET /v1/duplicates', asked, kept).data?.open ?? 0;
  const organizations = useApi('GET /v1/duplicates/organizations', asked, kept).data?.open ?? 0;
  return people + organizations > 0 ? { value: people + organizations } : {};
}

export const room = defineRoom({
  screens: [
    { path: '/people', title: 'People', may: readers, load: () => import('./PersonList.tsx') },
    { path: '/people/$id', title: 'Person', may: readers, load: () => import('./PersonPage.tsx') },
    { path: '/organizations', title: 'Organizations', may: readers, load: () => import('./OrganizationList.tsx') },
    { path: '/organizations/$id', title: 'Organization', may: readers, load: () => import('./OrganizationPage.tsx') },
    { path: '/segments', title: 'Segments', may: readers, load: () => import('./SegmentList.tsx') },
    { path: '/segments/new', title: 'New segment', may: keepers, load: () => import('./SegmentNew.tsx') },
    { path: '/segments/$id', title: 'Segment', may: readers, load: () => import('./SegmentPage.tsx') },
    { path: '/settings/values', title: 'Which value counts', may: ['marketing'], load: () => import('./SurvivalSettings.tsx') },
    { path: '/settings/consent', title: 'Consent', may: keepers, load: () => import('./ConsentSettings.tsx') },
    { path: '/quality', title: 'Data quality', may: readers, load: () => import('./QualityBoard.tsx') },
    { path: '/readings', title: 'Positions and businesses', may: readers, load: () => import('./Readings.tsx') },
    { path: '/settings/privacy', title: 'Privacy', may: ['marketing'], load: () => import('./PrivacySettings.tsx') },
    { path: '/append', title: 'Append', may: costers, load: () => import('./Append.tsx') },
    { path: '/append/$id', title: 'Append run', may: costers, load: () => import('./AppendRun.tsx') },
    { path: '/clean-up', title: 'Clean-up', may: editors, load: () => import('./CleanUp.tsx') },
    { path: '/bulk', title: 'Changes of many', may: keepers, load: () => import('./BulkList.tsx') },
    { path: '/bulk/new', title: 'Change many at once', may: keepers, load: () => import('./BulkNew.tsx') },
    { path: '/bulk/$id', title: 'Change of many', may: keepers, load: () => import('./BulkRun.tsx') },
    { path: '/duplicates', title: 'Possible duplicates', may: keepers, load: () => import('./Duplicates.tsx') },
  ],
  nav: [
    { to: '/people', label: 'People', group: 'Database', order: 20, may: readers, goKey: 'e' },
    { to: '/organizations', label: 'Organizations', group: 'Database', order: 30, may: readers, goKey: 'o' },
    { to: '/segments', label: 'Segments', group: 'Database', order: 35, may: readers, goKey: 'g' },
    { to: '/quality', label: 'Data quality', group: 'Database', order: 37, may: readers, goKey: 'v' },
    { to: '/append', label: 'Append', group: 'Database', order: 39, may: costers },
    { to: '/clean-up', label: 'Clean-up', group: 'Database', order: 38, may: editors, goKey: 'c' },
    { to: '/duplicates', label: 'Duplicates', group: 'Database', order: 40, may: keepers, goKey: 'd', useCount: useOpenPairs },
  ],
  finders: [
    {
      may: readers,
      find: async (text, signal) => {
        const found = await api('GET /v1/search', { query: { q: text, limit: 8 } }, signal);
        const group = (name: string) => (found.instead.length > 0 ? `${name}, called nearly so: ${found.instead.join(', ')}` : name);
        return [
          ...found.people.map((one) => ({
            group: group('People'),
            title: one.name,
            detail: [one.organization, one.email ?? one.phone].filter(Boolean).join(' · '),
            to: `/people/${one.id}`,
          })),
          ...found.organizations.map((one) => ({
            group: group('Organizations'),
            title: one.name,
            detail: [one.domain, one.city].filter(Boolean).join(' · '),
            to: `/organizations/${one.id}`,
          })),
        ];
      },
    },
  ],
});
