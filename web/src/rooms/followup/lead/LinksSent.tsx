import { useApi, useSend } from '../../../api/hooks.ts';
import { Card, ConfirmButton, ErrorNote, When } from '../../../ui/index.tsx';
import { useFormat } from '../../../ui/format.ts';
import css from './lead.module.css';

/** The no-login links that went out in mails for this lead: who has one, was it opened, until when; and the way to end it. */
export function LinksSent({ leadId }: { leadId: string }) {
  const format = useFormat();
  const links = useApi('GET /v1/leads/:id/links', { params: { id: leadId } }, { live: ['lead'] });
  const revoke = useSend('DELETE /v1/links/:id', { stale: ['/v1/leads/:id/links'] });
  if (!links.data || links.data.items.length === 0) return null;
  return (
    <Card title="Links without login" quiet id="links">
      <ErrorNote error={revoke.error} />
      {links.data.items.map((link) => (
        <div key={link.id} className={css.inquiry}>
          <div className={css.pathHead}>
            <span>
              <b>{link.holderName}</b>{' '}
              <span className="dim">
                sent <When at={link.createdAt} /> · {link.firstOpenedAt ? `opened ${format.when(link.firstOpenedAt)}` : 'not opened'} ·{' '}
                {link.revokedAt ? 'revoked' : `until ${format.date(link.expiresAt)}`}
              </span>
            </span>
            {!link.revokedAt && (
              <ConfirmButton
                size="compact-xs"
                sentence={`${link.holderName} can no longer answer by this link. A new one goes out with the next mail.`}
                confirm="Revoke"
                onConfirm={() => revoke.mutate({ params: { id: link.id } })}
              >
                Revoke…
              </ConfirmButton>
            )}
          </div>
        </div>
      ))}
    </Card>
  );
}
