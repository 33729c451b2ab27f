import type { FastifyRequest } from 'fastify';
import { systemScope } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { admit } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { findProgramByFormKey } from './program.queries.ts';
import { workspaceOfKey } from './public-keys.ts';
import { findSourceByWriteKey } from './source.queries.ts';

/** Through which door an inquiry comes in, and what is therefore known of it whatever its body says. */
export interface IntakeDoor {
  workspaceId: string;
  programId: string | null;
  sourceId: string | null;
  isPublic: boolean;
}

const posters = ['marketing', 'sales_manager', 'rep'] as const;
const rememberMilliseconds = 5000;
const doors = new Map<string, { until: number; door: IntakeDoor | undefined }>();

/** Forgets a public key at once when it ends here; other processes follow within five seconds. */
export const forgetDoor = (key: string): void => void doors.delete(key);

/** Who may post: a token or a signed-in user of the workspace, or anybody with the public key of a form or of a source. */
export async function doorOf(cx: Context, request: FastifyRequest): Promise<IntakeDoor> {
  const bearer = /^Bearer ([fs]_.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const key = bearer ?? request.headers['x-baton-key'] ?? (request.query as { key?: string }).key;
  if (typeof key === 'string')
    return (
      (await publicDoor(cx, key)) ??
      refuse('unauthenticated', 'capture/unknown-key', 'This key is not known. Copy it again from the page of the program or the source.')
    );
  const { scope }: { scope: Scope } = await admit(cx, request, posters);
  return { workspaceId: scope.workspaceId, programId: null, sourceId: null, isPublic: false };
}

/** Remembered for some seconds, since a busy site asks with every post. */
async function publicDoor(cx: Context, key: string): Promise<IntakeDoor | undefined> {
  const known = doors.get(key);
  if (known && known.until > Date.now()) return known.door;
  const workspaceId = workspaceOfKey(key);
  if (!workspaceId) return undefined;
  const found = await cx.db.read(systemScope(workspaceId), async (tx) =>
    key.startsWith('s_')
      ? { programId: null, sourceId: (await findSourceByWriteKey(tx, key)) ?? null }
      : { programId: (await findProgramByFormKey(tx, key))?.id ?? null, sourceId: null },
  );
  const door = found.programId || found.sourceId ? { workspaceId, ...found, isPublic: true } : undefined;
  if (doors.size > 5000) doors.clear();
  doors.set(key, { until: Date.now() + rememberMilliseconds, door });
  return door;
}
