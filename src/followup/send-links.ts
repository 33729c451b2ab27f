import { audit, baseUrl } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { hashToken } from '../platform/secrets.ts';
import { addLinks, findLinks, revokeLinks } from './links.store.ts';
import type { LinkRow } from './links.store.ts';
import { endOfDays, writeToken } from './link.rules.ts';

export const linkPurpose = 'followup.link';
const lifetimeDays = 14;

const tokenOf = (cx: Context, workspaceId: string, linkId: string): string =>
  writeToken({ workspaceId, linkId }, (text) => cx.secrets.sign(linkPurpose, text));
export const hashOf = (token: string): string => hashToken(token).toString('hex');

export interface SentLink {
  linkId: string;
  url: string;
}

/** A link for each of these assignments; one that lives already is used again. The tokens go into the mail and nowhere else. */
export async function linksFor(
  tx: Tx,
  cx: Context,
  wanted: readonly { leadId: string; assignmentId: string; holderId: string; timeZone: string }[],
): Promise<Map<string, SentLink>> {
  if (wanted.length === 0) return new Map();
  const now = cx.clock.now();
  const { workspaceId } = tx.scope;
  const living = new Map(
    (
      await findLinks(
        tx,
        wanted.map((w) => w.leadId),
        now,
      )
    ).map((k) => [`${k.leadId}/${k.holderId}`, k.id]),
  );
  const links = new Map<string, SentLink>();
  const added: LinkRow[] = [];
  for (const { leadId, assignmentId, holderId, timeZone } of wanted) {
    let id = living.get(`${leadId}/${holderId}`);
    if (!id) {
      id = cx.ids.next();
      added.push({
        id,
        leadId,
        assignmentId,
        holderId,
        tokenHash: hashOf(tokenOf(cx, workspaceId, id)),
        createdAt: now,
        expiresAt: endOfDays(now, lifetimeDays, timeZone),
      });
    }
    links.set(assignmentId, { linkId: id, url: `${baseUrl(cx)}/l/${tokenOf(cx, workspaceId, id)}` });
  }
  await addLinks(tx, added);
  return links;
}

export async function revokeLink(tx: Tx, cx: Context, id: string): Promise<boolean> {
  const revoked = (await revokeLinks(tx, id, cx.clock.now(), tx.scope.userId ?? null)) > 0;
  if (revoked) await audit(tx, cx, { what: 'link.revoked', subjectId: id });
  return revoked;
}
