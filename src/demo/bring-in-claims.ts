import { bringInFile } from '../capture/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { claimFiles } from './claim-files.rules.ts';
import { findUnsold } from './demo.store.ts';

/** In the end some of what distributors sold and never reported comes to light. */
export async function bringInClaims(cx: Context, marketer: Scope, { seed, inquiries, now }: { seed: number; inquiries: number; now: Date }): Promise<void> {
  const leads = await cx.db.read(marketer, (tx) => findUnsold(tx, Math.min(90, Math.max(6, Math.round(inquiries / 60)))));
  for (const { kind, name, text } of claimFiles(seed, leads, now))
    if (text.trim().includes('\n')) await bringInFile(cx, marketer, { name, bytes: Buffer.from(text), kind, settings: { timeZone: 'UTC' } });
}
