import type { Answer } from '../../../api/contract.ts';
import { useApi, useSend } from '../../../api/hooks.ts';
import { Badge, Card, ConfirmButton, ErrorNote, When } from '../../../ui/index.tsx';
import { useFormat } from '../../../ui/format.ts';
import { verdictLooks } from '../../../ui/verdict.ts';
import css from './lead.module.css';

type Sent = Answer<'GET /v1/leads/:id/links'>;
type Link = Sent['items'][number];
type Proposal = Sent['proposals'][number];

const did: Record<string, string> = { accepted: 'Accepted', declined: 'Declined', undone: 'Took the verdict back', next: 'Noted the next step', left: 'Said no to what was read of a mail', note: 'Wrote an answer' };
const verdictName = (name: string): string | undefined => (name in verdictLooks ? verdictLooks[name as keyof typeof verdictLooks].label : undefined);
const didName = (name: string): string => did[name] ?? (verdictName(name) ? `Said ${verdictName(name)!.toLowerCase()}` : name);
const states: Record<Proposal['state'], string> = { open: 'waits for a yes on the page', confirmed: 'confirmed', left: 'not meant so', replaced: 'answered otherwise since' };

/** The no-login links that went out in mails for this lead: what was answered by them and from where, until when they hold; and the way to end one. */
export function LinksSent({ leadId }: { leadId: string }) {
  const links = useApi('GET /v1/leads/:id/links', { params: { id: leadId } }, { live: ['lead'] });
  const revoke = useSend('DELETE /v1/links/:id', { stale: ['/v1/leads/:id/links'] });
  if (!links.data || links.data.items.length === 0) return null;
  return (
    <Card title="Links without login" quiet id="links">
      <ErrorNote error={revoke.error} />
      {links.data.items.map((link) => (
        <One key={link.id} link={link} onRevoke={() => revoke.mutate({ params: { id: link.id } })} />
      ))}
      {links.data.proposals.map((one) => (
        <Written key={one.id} proposal={one} />
      ))}
    </Card>
  );
}

function One({ link, onRevoke }: { link: Link; onRevoke: () => void }) {
  const format = useFormat();
  const ended = link.revokedAt
    ? `revoked ${format.when(link.revokedAt)}${link.revokedBy ? ` by ${link.revokedBy}` : ''}`
    : `until ${format.date(link.expiresAt)}`;
  return (
    <div className={css.inquiry}>
      <div className={css.pathHead}>
        <span>
          <b>{link.holderName}</b>{' '}
          <span className="dim">
            sent <When at={link.createdAt} /> · {link.answers.length === 0 && (link.firstOpenedAt ? 'answered · ' : 'not answered · ')}
            {ended}
          </span>
        </span>
        {!link.revokedAt && (
          <ConfirmButton
            size="compact-xs"
            sentence={`${link.holderName} can no longer answer by this link. A new one goes out with the next mail.`}
            confirm="Revoke"
            onConfirm={onRevoke}
          >
            Revoke…
          </ConfirmButton>
        )}
      </div>
      {link.answers.map((answer) => (
        <div key={`${answer.at} ${answer.did}`} className={css.pathHead}>
          <span>
            {didName(answer.did)} <span className="dim">{answer.via === 'mail' ? 'by mail' : (answer.browser ?? '')}</span>{' '}
            {answer.known === 'other' && <Badge tone="warm">{answer.via === 'mail' ? 'another address' : 'another browser'}: maybe handed on</Badge>}
          </span>
          <When at={answer.at} />
        </div>
      ))}
    </div>
  );
}

function Written({ proposal }: { proposal: Proposal }) {
  return (
    <div className={css.inquiry}>
      <div className={css.pathHead}>
        <span>
          <b>{proposal.holderName}</b> wrote {proposal.words ? `“${proposal.words}”` : 'a verdict'}{' '}
          <span className="dim">
            · read as {verdictName(proposal.verdict)?.toLowerCase()} · {states[proposal.state]}
          </span>
        </span>
        <When at={proposal.at} />
      </div>
    </div>
  );
}
