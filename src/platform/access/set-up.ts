import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import { refuse } from '../refusal.ts';
import { isLocale, isTimeZone } from '../values/place.rules.ts';
import { hashPassword } from './passwords.ts';
import type { Role } from './scope.ts';
import { systemScope } from './scope.ts';
import { addUser } from './users.store.ts';

export interface NewWorkspace {
  name: string;
  currency: string;
  timeZone: string;
  country?: string | undefined;
  locale?: string | undefined;
  isDemo?: boolean;
}

/** Nothing could be told in a zone or a language nobody knows: it is refused (`invalid`) before it is kept. */
export function checkPlace({ timeZone, locale }: { timeZone?: string | undefined; locale?: string | undefined }): void {
  if (timeZone !== undefined && !isTimeZone(timeZone)) refuse('invalid', 'platform/time-zone', `“${timeZone}” is not a time zone; use a name such as Europe/Zurich.`);
  if (locale !== undefined && !isLocale(locale)) refuse('invalid', 'platform/locale', `“${locale}” is not a language we can write in; use a tag such as en or de-CH.`);
}

/** Creates a workspace and lets every room lay its foundations in the same transaction. */
export async function createWorkspace(
  cx: Context,
  given: NewWorkspace,
  foundations: readonly ((tx: Tx, cx: Context) => Promise<void>)[],
): Promise<string> {
  checkPlace(given);
  const id = cx.ids.next();
  await cx.db.write(systemScope(id), async (tx) => {
    await tx.run(sql`insert into platform.workspace (id, name, currency, locale, time_zone, country, is_demo, created_at)
      values (${id}, ${given.name}, ${given.currency}, ${given.locale ?? 'en'}, ${given.timeZone}, ${given.country ?? null}, ${given.isDemo ?? false}, ${cx.clock.now()})`);
    for (const lay of foundations) await lay(tx, cx);
  });
  return id;
}

export async function createUser(
  cx: Context,
  workspaceId: string,
  given: { name: string; email: string; password: string; roles: Role[] },
): Promise<string> {
  const passwordHash = await hashPassword(given.password);
  const id = cx.ids.next();
  await cx.db.write(systemScope(workspaceId), (tx) =>
    addUser(tx, {
      id,
      email: given.email,
      name: given.name,
      roles: given.roles,
      holderId: null,
      externalId: null,
      status: 'active',
      passwordHash,
      createdAt: cx.clock.now(),
    }),
  );
  return id;
}
