import { useSend } from '../../api/hooks.ts';
import { useGo } from '../../shell/address.ts';
import { PageTitle, RecordPage, toast } from '../../ui/index.tsx';
import { plural } from '../../ui/format.ts';
import { SegmentBuilder } from './SegmentBuilder.tsx';

export default function SegmentNew() {
  const go = useGo();
  const send = useSend('POST /v1/segments', {
    stale: ['/v1/segments'],
    done: (made) => {
      toast({ message: `“${made.name}” has ${made.members} ${plural(made.members, 'member')}.`, tone: 'good' });
      go(`/segments/${made.id}`, { replace: true });
    },
  });
  return (
    <RecordPage back={{ to: '/segments', label: 'Segments' }}>
      <PageTitle title="New segment" question="Say who is meant; it is counted as you write." />
      <SegmentBuilder
        send={{ mutate: (body) => send.mutate({ body }), isPending: send.isPending, error: send.error }}
        cancel={() => go('/segments')}
      />
    </RecordPage>
  );
}
