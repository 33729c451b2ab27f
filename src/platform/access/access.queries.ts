import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import type { Role } from './scope.ts';

export interface UserRow {
  id: string;
  email: string | null;
  name: string;
  roles: Role[];
  holderId: string | null;
  externalId: string | null;
  status: 'active' | 'invited' | 'disabled';
  createdAt: Date;
}
export interface WorkspaceRow {
  id: string;
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
  country: string | null;
  isDemo: boolean;
}
export interface MailRow {
  id: string;
  kind: string;
  toAddress: string;
  subject: string;
  textBody: string;
  state: 'queued' | 'sent' | 'captured' | 'failed' | 'blocked';
  problem: string | null;
  createdAt: Date;
  sentAt: Date | null;
  leadId: string | null;
}
export interface AuditRow {
  id: string;
  at: Date;
  userName: string | null;
  what: string;
  subjectId: string | null;
  subjectName: string | null;
  detail: Record<string, unknown>;
}
export interface ApiTokenRow {
  id: string;
  name: string;
  roles: Role[];
  holderId: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const userColumns = sql`id, email, name, roles, holder_id, external_id, status, created_at`;

export const listUsers = (tx: Tx): Promise<UserRow[]> =>
  tx.rows(sql`select ${userColumns} from platform.app_user where workspace_id = ${tx.scope.workspaceId} order by lower(name), id`);

export const findUser = (tx: Tx, id: string): Promise<UserRow | undefined> =>
  tx.maybe(sql`select ${userColumns} from platform.app_user where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export const findUserByEmail = (tx: Tx, email: string): Promise<UserRow | undefined> =>
  tx.maybe(
    sql`select ${userColumns} from platform.app_user where workspace_id = ${tx.scope.workspaceId} and lower(email) = lower(${email})`,
  );

export const getWorkspace = (tx: Tx): Promise<WorkspaceRow> =>
  tx.one(sql`select id, name, currency, locale, time_zone, country, is_demo from platform.workspace where id = ${tx.scope.workspaceId}`);

export const listApiTokens = (tx: Tx): Promise<ApiTokenRow[]> =>
  tx.rows(
    sql`select id, name, roles, holder_id, created_at, last_used_at, revoked_at from platform.api_token where workspace_id = ${tx.scope.workspaceId} order by created_at desc, id desc`,
  );

export const listAudit = (tx: Tx, beforeId: string | undefined, limit: number): Promise<AuditRow[]> =>
  tx.rows(sql`select a.id, a.at, u.name as user_name, a.what, a.subject_id, x.name as subject_name, a.detail from platform.audit a
    left join platform.app_user u on u.workspace_id = a.workspace_id and u.id = a.user_id
    left join platform.app_user x on x.workspace_id = a.workspace_id and x.id = a.subject_id
    where a.workspace_id = ${tx.scope.workspaceId} and (${beforeId ?? null}::uuid is null or a.id < ${beforeId ?? null}::uuid) order by a.id desc limit ${limit}`);

export const listMails = (tx: Tx, state: string | undefined, beforeId: string | undefined, limit: number): Promise<MailRow[]> =>
  tx.rows(sql`select id, kind, to_address, subject, text_body, state, problem, created_at, sent_at, lead_id from platform.mail
    where workspace_id = ${tx.scope.workspaceId} and (${beforeId ?? null}::uuid is null or id < ${beforeId ?? null}::uuid)
      and (${state ?? null}::text is null or state = ${state ?? null}) order by id desc limit ${limit}`);
