import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api } from '../../api/client.ts';
import { forget, useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { A, Badge, Chip, Note, PageTitle, RecordPage, Stack, toast } from '../../ui/index.tsx';
import { ClaimBeside } from './ClaimBeside.tsx';
import { buyerOf, proofNames, reportedNames, stateNames } from './claim-words.ts';

/** One sale that a file told of: what it was matched to, and why. */
export default function ClaimPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const client = useQueryClient();
  const decides = may(useSession(), ['marketing', 'sales_manager', 'finance']);
  const claim = useApi('GET /v1/claims/:id', { params: { id } }, { live: ['claim'] });
  const back = { to: '/claims?part=list', label: 'Sales nobody reported' };
  if (!claim.data) return <RecordPage back={back} waiting={{ error: claim.error, refetch: claim.refetch }} />;
  const one = claim.data;
  const say = (ask: Promise<unknown>, done: string) =>
    void ask.then(() => {
      forget(client, ['/v1/claims', '/v1/leads', '/v1/opportunities', '/v1/roi']);
      toast({ message: done });
    }).catch((problem: Error) => toast({ message: problem.message, tone: 'bad' }));
  const decide = (leadId: string | null) => say(api('POST /v1/claims/:id/decide', { params: { id }, body: { leadId } }), leadId ? 'It counts for this lead now.' : 'No lead counts it now.');
  const { label, tone } = stateNames[one.state];
  return (
    <RecordPage back={back}>
      <PageTitle
        title={`${one.product ?? 'Sale'} to ${buyerOf(one)}`}
        question={<><Badge tone={tone as never}>{label}</Badge> told by {one.proof === 'sell-through' ? 'a sell-through file' : `a ${proofNames[one.proof].toLowerCase()}`}</>}
        side={
          decides && (
            <>
              {one.decidedAt && <Chip onClick={() => say(api('POST /v1/claims/:id/undecide', { params: { id } }), 'As the rule says again.')}>Undo what was decided</Chip>}
              {one.state !== 'apart' && one.candidates.length > 0 && <Chip onClick={() => decide(null)}>None of these leads</Chip>}
            </>
          )
        }
      />
      <Stack gap={12}>
        {one.reported && one.lead && (
          <Note tone="warn">
            Sold, yet {one.reportedBy?.name ?? 'its holder'} had reported {one.reported === 'silent' ? 'nothing' : `“${reportedNames[one.reported]}”`} of the lead <A to={`/leads/${one.lead.id}`}>{one.lead.name}</A>.
          </Note>
        )}
        {(one.opportunityId ?? one.known) && (
          <Note tone="good">
            {one.opportunityId && one.state === 'credited' ? (
              <>It counts as <A to={`/opportunities/${one.opportunityId}`}>this sale</A>.</>
            ) : one.known ? (
              <>Its money counts already: <A to={one.known.kind === 'invoice' ? `/invoices/${one.known.id}` : one.known.kind === 'claim' ? `/claims/${one.known.id}` : `/opportunities/${one.known.id}`}>what proved it first</A>.</>
            ) : null}
          </Note>
        )}
        <ClaimBeside claim={one} choose={decides && one.state !== 'credited' && one.state !== 'known' ? (leadId) => decide(leadId) : undefined} />
        {one.importId && (
          <p className="dim">
            It came with <A to={`/imports/${one.importId}`}>this file</A>; taking the file back takes the sale out again.
          </p>
        )}
      </Stack>
    </RecordPage>
  );
}
