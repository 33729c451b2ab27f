import type { Answer } from '../../api/contract.ts';
import { Badge } from '../../ui/index.tsx';

export type ImportView = Answer<'GET /v1/imports/:id'>;
export type Kind = Answer<'GET /v1/import-kinds'>['items'][number];

const looks = {
  uploading: { label: 'Uploading', tone: 'quiet' },
  analysed: { label: 'Not started', tone: 'warm' },
  waiting: { label: 'Waiting', tone: 'quiet' },
  running: { label: 'Running', tone: 'action' },
  paused: { label: 'Paused', tone: 'warm' },
  finished: { label: 'Done', tone: 'sale' },
  cancelled: { label: 'Stopped', tone: 'warm' },
  failed: { label: 'Failed', tone: 'hot' },
  undoing: { label: 'Being undone', tone: 'action' },
  undone: { label: 'Undone', tone: 'bad' },
} as const;

export function ImportStatus({ status }: { status: ImportView['status'] }) {
  return <Badge tone={looks[status].tone}>{looks[status].label}</Badge>;
}

export const isMoving = (status: ImportView['status'] | undefined): boolean =>
  status === 'waiting' || status === 'running' || status === 'undoing' || status === 'uploading';
