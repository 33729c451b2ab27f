import type { Scope } from '../access/scope.ts';
import { isUuid } from '../values/uuid.rules.ts';

function checked(id: string): string {
  if (!isUuid(id)) throw new Error('A scope holds something that is not a uuid.');
  return id;
}

/**
 * Opens a transaction and sets its scope in one round trip; the values are checked uuids, so this text is safe. `snapshotId`, as the database
 * named it: the instant of another transaction, which can be taken only before anything is asked.
 */
export const openingOf = (mode: string, scope: Scope, snapshotId?: string): string =>
  `begin ${mode};${snapshotId === undefined ? '' : ` set transaction snapshot '${snapshotId}';`} select set_config('baton.workspace_id', '${checked(scope.workspaceId)}', true),` +
  ` set_config('baton.holder_id', '${scope.holderId ? checked(scope.holderId) : ''}', true),` +
  ` set_config('baton.user_id', '${scope.userId ? checked(scope.userId) : ''}', true)`;
