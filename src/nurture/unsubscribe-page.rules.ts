import { escapeHtml } from '../platform/values/html.rules.ts';

/** The page behind the way out; its styles are those of the partner's page. */
export function unsubscribePage(found: { company: string; email: string | null; unsubscribed: boolean; token: string } | null): string {
  const body = !found
    ? '<h1>This link does not work</h1><p>It may be cut off. Open it again from the mail.</p>'
    : found.unsubscribed
      ? `<h1>No more mail</h1><p>${escapeHtml(found.company)} sends no more mail to ${escapeHtml(found.email ?? 'you')}. You will still get answers to what you ask us yourself by phone or in person.</p>`
      : `<h1>No more mail from ${escapeHtml(found.company)}?</h1><p>One tap, and ${escapeHtml(found.email ?? 'your address')} gets no more mail from us.</p>
<form method="post" action="/u/${escapeHtml(found.token)}"><input type="hidden" name="confirm" value="yes"><button class="main">Stop all mail</button></form>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>Mail from ${escapeHtml(found?.company ?? 'us')}</title>
<link rel="stylesheet" href="/l/link.css"></head><body><main><section class="card">${body}</section></main></body></html>
`;
}
