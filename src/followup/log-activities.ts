import { firstFollowup, lastHolders, lockHolders } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { addActivities, dropNextActions, findChains, saveNextActions } from './followup.store.ts';
import type { ActivityKind, ActivityRow, Via } from './followup.store.ts';

export interface NewActivity {
  leadId: string;
  kind: ActivityKind;
  at: Date;
  outcome?: string | null | undefined;
  note?: string | null | undefined;
  via: Via;
  byHolderId?: string | null | undefined;
  byUserId?: string | null | undefined;
  actor?: string | undefined;
}

/** Logs what was done on leads. The first contact, which a note is not, also accepts the lead and stops its clock. */
export async function logActivities(tx: Tx, cx: Context, activities: readonly NewActivity[]): Promise<ActivityRow[]> {
  if (activities.length === 0) return [];
  const ids = [...new Set(activities.map((a) => a.leadId))];
  const chains = await findChains(tx, ids);
  const held = await lockHolders(tx, ids);
  const before = ids.every((id) => held.has(id)) ? held : await lastHolders(tx, ids);
  const contacts = activities.filter((a) => a.kind !== 'note').toSorted((a, b) => a.at.getTime() - b.at.getTime());
  await firstFollowup(
    tx,
    cx,
    contacts.map((a) => ({ leadId: a.leadId, at: a.at, via: a.via, actor: a.actor })),
  );
  const rows = activities.map((a): ActivityRow => ({
    id: cx.ids.next(),
    leadId: a.leadId,
    kind: a.kind,
    at: a.at,
    outcome: a.outcome ?? null,
    note: a.note ?? null,
    via: a.via,
    holderId: a.byHolderId ?? held.get(a.leadId)?.holderId ?? before.get(a.leadId)?.holderId ?? null,
    userId: a.byUserId ?? null,
  }));
  await addActivities(tx, rows);
  await append(
    tx,
    cx,
    rows.map((row, i): NewFact<'lead.followedUp'> => ({
      type: 'lead.followedUp',
      chainId: chains.get(row.leadId) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.'),
      subjectId: row.leadId,
      at: row.at,
      ...(activities[i]!.actor ? { actor: activities[i]!.actor } : {}),
      data: { leadId: row.leadId, activityId: row.id, kind: row.kind, holderId: row.holderId },
    })),
  );
  return rows;
}

export interface NewNextAction {
  leadId: string;
  /** null: done or dropped */
  what: string | null;
  dueAt: Date | null;
  /** a meeting: how long, and where */
  minutes?: number | undefined;
  place?: string | null | undefined;
  byUserId?: string | null | undefined;
  at: Date;
  actor?: string | undefined;
}

/** Says what happens next with each lead, and when. */
export async function setNextActions(tx: Tx, cx: Context, actions: readonly NewNextAction[]): Promise<void> {
  if (actions.length === 0) return;
  const chains = await findChains(
    tx,
    actions.map((a) => a.leadId),
  );
  const last = new Map(actions.map((a) => [a.leadId, a]));
  const set = [...last.values()];
  await dropNextActions(
    tx,
    set.filter((a) => a.what === null).map((a) => a.leadId),
  );
  await saveNextActions(
    tx,
    set
      .filter((a) => a.what !== null)
      .map((a) => ({ leadId: a.leadId, what: a.what!, dueAt: a.dueAt, setBy: a.byUserId ?? null, setAt: a.at, minutes: a.minutes ?? null, place: a.place ?? null })),
  );
  await append(
    tx,
    cx,
    set.map((a): NewFact<'lead.nextActionSet'> => ({
      type: 'lead.nextActionSet',
      chainId: chains.get(a.leadId) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.'),
      subjectId: a.leadId,
      at: a.at,
      ...(a.actor ? { actor: a.actor } : {}),
      data: { leadId: a.leadId, what: a.what, dueAt: a.dueAt?.toISOString() ?? null },
    })),
  );
}
