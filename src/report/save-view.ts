import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import type { SavedView } from './views.queries.ts';
import { findView, removeView, saveView } from './views.store.ts';

export interface ViewBody {
  name: string;
  screen: string;
  query: Record<string, string>;
  shared: boolean;
}

/** Saves a new view, or changes one: one's own, or any as an administrator. */
export async function saveSavedView(cx: Context, scope: Scope, body: ViewBody, id?: string): Promise<SavedView> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const known = id === undefined ? undefined : await findView(tx, id);
    if (id !== undefined) mayChange(scope, known);
    const view: SavedView = {
      ...body,
      id: id ?? cx.ids.next(),
      userId: known?.userId ?? scope.userId ?? null,
      createdAt: known?.createdAt ?? now,
      updatedAt: now,
    };
    await saveView(tx, view);
    return view;
  });
}

export async function removeSavedView(cx: Context, scope: Scope, id: string): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    mayChange(scope, await findView(tx, id));
    await removeView(tx, id);
  });
}

function mayChange(scope: Scope, view: SavedView | undefined): asserts view is SavedView {
  if (!view) refuse('not-found', 'report/no-such-view', 'There is no such saved view.');
  if (view.userId !== (scope.userId ?? null) && !scope.roles.includes('administrator'))
    refuse('forbidden', 'report/not-your-view', 'This view belongs to somebody else. Save a copy of your own.');
}
