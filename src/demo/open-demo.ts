import { addUser, createWorkspace, getWorkspace, inviteUser, listUsers, systemScope } from '../platform/access/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { company } from './company.rules.ts';
import { findInterrupted } from './hold-telling.ts';
import { pastRooms } from './past-rooms.ts';

/** A workspace of its own for the demo company; a second one gets a number. One whose telling died is used again. */
export async function openDemoWorkspace(cx: Context): Promise<{ id: string; name: string }> {
  const interrupted = await findInterrupted(cx);
  if (interrupted) return { id: interrupted, name: (await cx.db.read(systemScope(interrupted), getWorkspace)).name };
  const taken = new Set<string>();
  for (const id of await cx.db.workspaceIds()) taken.add((await cx.db.read(systemScope(id), getWorkspace)).name);
  let name: string = company.name;
  for (let n = 2; taken.has(name); n++) name = `${company.name} ${n}`;
  const { currency, timeZone, country, locale } = company;
  const id = await createWorkspace(
    cx,
    { name, currency, timeZone, country, locale, isDemo: true },
    pastRooms.flatMap((room) => (room.newWorkspace ? [room.newWorkspace] : [])),
  );
  return { id, name };
}

export interface Invited {
  role: Role;
  name: string;
  email: string;
  link: string;
}

/** One link per person that signs in once, and an administrator to look at everything: no default passwords, not even in a demo. */
export async function inviteEverybody(cx: Context, workspaceId: string): Promise<Invited[]> {
  return cx.db.write(systemScope(workspaceId), async (tx) => {
    const invited: Invited[] = [];
    await addUser(tx, {
      id: cx.ids.next(),
      name: 'Robin Hale',
      email: `robin.hale@${company.domain}`,
      roles: ['administrator'],
      holderId: null,
      externalId: null,
      status: 'invited',
      createdAt: cx.clock.now(),
    });
    for (const user of await listUsers(tx)) {
      if (user.status !== 'invited' || !user.email) continue;
      invited.push({ role: user.roles[0] ?? 'rep', name: user.name, email: user.email, link: await inviteUser(tx, cx, user.id, false) });
    }
    return invited;
  });
}
