import { Badge } from '../../ui/index.tsx';

const looks = {
  planned: { label: 'Planned', tone: 'quiet' },
  active: { label: 'Running', tone: 'sale' },
  paused: { label: 'Paused', tone: 'warm' },
  finished: { label: 'Finished', tone: 'bad' },
  withdrawn: { label: 'Withdrawn', tone: 'bad' },
} as const;

export type ProgramStatusName = keyof typeof looks;

export const statusOptions = Object.entries(looks).map(([value, look]) => ({ value, label: look.label }));

export function ProgramStatus({ status }: { status: ProgramStatusName }) {
  const look = looks[status];
  return <Badge tone={look.tone}>{look.label}</Badge>;
}
