import { useApi } from '../api/hooks.ts';
import { may, useSession } from '../api/session.ts';
import { useFilters } from '../shell/address.ts';
import { Chip, Note } from './index.tsx';

const onlyThose = { person: 'Only people of whom', organization: 'Only companies of which', lead: 'Only where, of who is behind it,' };

/** What of the address no filter shows, each with a way out: by name, how it is said. */
export function OneOf({ of }: { of: Record<string, string> }) {
  const [filters, set] = useFilters();
  const given = Object.entries(of).filter(([name]) => filters[name]);
  if (given.length === 0) return null;
  return (
    <div style={{ marginTop: 8, display: 'flex', gap: 8, flexWrap: 'wrap' }}>
      {given.map(([name, label]) => (
        <Chip key={name} onClick={() => set({ [name]: undefined })} aria-label={`Without: ${label}`}>
          {label} ×
        </Chip>
      ))}
    </div>
  );
}

/** The conditions in the address as people say them, with the way out of them. */
export function Conditions({ subject }: { subject: 'person' | 'organization' | 'lead' }) {
  const [filters, set] = useFilters();
  const { where, group } = filters;
  const asked = useApi('GET /v1/segments/sentence', { query: { subject, where, group } }, { enabled: Boolean(where || group), staleTime: 60_000, keep: false });
  const canSee = may(useSession(), ['marketing', 'sales_manager', 'rep', 'management', 'finance']);
  if ((!where && !group) || !canSee) return null;
  return (
    <Note>
      <span style={{ display: 'flex', gap: 12, alignItems: 'center', justifyContent: 'space-between' }} role="status">
        <span>
          <span className="dim">{onlyThose[subject]}</span> {asked.data?.sentence ?? (asked.error ? asked.error.message : '…')}
        </span>
        <Chip onClick={() => set({ where: undefined, group: undefined })}>Show all</Chip>
      </span>
    </Note>
  );
}
