import type { Context } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { refuse } from '../refusal.ts';
import { findUser, listUsers } from './access.queries.ts';
import type { UserRow } from './access.queries.ts';
import { addInvitedUser, inviteUser } from './invite-user.ts';
import { changeUserAccess } from './manage-access.ts';
import type { Scope } from './scope.ts';

/** More than any dealer has; what is beyond it looks like a list of addresses that is tried. */
const teamMax = 50;

export interface Teammate {
  id: string;
  email: string | null;
  name: string;
  status: UserRow['status'];
  createdAt: Date;
  you: boolean;
}

/** Of a partner's own people. What they may do is done in the house's name: whose address is taken is known there only. */
const holderOf = (partner: Scope): string => partner.holderId ?? refuse('forbidden', 'platform/no-partner', 'Only the people of a partner have a team here.');

const shown = (partner: Scope, { id, email, name, status, createdAt }: UserRow): Teammate => ({ id, email, name, status, createdAt, you: id === partner.userId });

export async function listTeam(tx: Tx, partner: Scope): Promise<Teammate[]> {
  const holderId = holderOf(partner);
  return (await listUsers(tx)).filter((user) => user.holderId === holderId && user.roles.includes('partner')).map((user) => shown(partner, user));
}

/** Invites a colleague, by mail only: who invites does not get the link. */
export async function inviteTeammate(tx: Tx, cx: Context, partner: Scope, given: { email: string; name: string }): Promise<Teammate> {
  if ((await listTeam(tx, partner)).length >= teamMax) refuse('limit', 'platform/team-full', `${teamMax} people of your company are here already. Ask the company whose leads you work to take some out.`);
  const { user } = await addInvitedUser(tx, cx, { ...given, roles: ['partner'], holderId: holderOf(partner) });
  return shown(partner, user);
}

export async function changeTeammate(tx: Tx, cx: Context, partner: Scope, id: string, status: 'active' | 'disabled'): Promise<Teammate> {
  const before = await getTeammate(tx, partner, id);
  if (id === partner.userId) refuse('conflict', 'platform/yourself', 'You cannot shut yourself out. A colleague can.');
  // Who never chose a password still has to.
  const back = before.status === 'disabled' && status === 'active';
  if (before.status === 'invited' && status === 'active') return shown(partner, before);
  const user = await changeUserAccess(tx, cx, id, { status });
  if (back) await inviteUser(tx, cx, id);
  return shown(partner, user);
}

export async function inviteAgain(tx: Tx, cx: Context, partner: Scope, id: string): Promise<Teammate> {
  const user = await getTeammate(tx, partner, id);
  if (user.status !== 'invited') refuse('conflict', 'platform/joined', 'They have joined already, or may not come in.');
  await inviteUser(tx, cx, id);
  return shown(partner, user);
}

async function getTeammate(tx: Tx, partner: Scope, id: string): Promise<UserRow> {
  const user = await findUser(tx, id);
  if (!user || user.holderId !== holderOf(partner) || !user.roles.includes('partner')) refuse('not-found', 'platform/no-such-colleague', 'There is nobody like that in your company.');
  return user;
}
