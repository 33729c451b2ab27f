export const roles = ['administrator', 'marketing', 'sales_manager', 'rep', 'partner', 'management', 'finance'] as const;
export type Role = (typeof roles)[number];

/**
 * In whose name a transaction runs. The database enforces it: every query sees only the workspace, and where `holderId`
 * is set (a partner) only the leads that holder has or had.
 */
export interface Scope {
  workspaceId: string;
  userId?: string;
  holderId?: string;
  roles: readonly Role[];
}

/** The house itself: subscribers, scans, public intake after its key was checked. */
export function systemScope(workspaceId: string): Scope {
  return { workspaceId, roles: [] };
}

/** The house, asked to by somebody whose own eyes see less: what they may do was checked before. */
export const asHouse = ({ workspaceId, userId }: Scope): Scope => ({ ...systemScope(workspaceId), ...(userId ? { userId } : {}) });

/** Who does it, as the journal names them. */
export const actorOf = ({ userId, holderId }: Scope): string => userId ?? (holderId ? `holder:${holderId}` : 'baton');
