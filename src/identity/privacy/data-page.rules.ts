/** Everything kept of a person as one page that needs nothing else: to read, print, or hand over as a file. */
import { createHash } from 'node:crypto';
import { escapeHtml } from '../../platform/values/html.rules.ts';
import { moneyText } from '../../platform/values/money.rules.ts';

export interface PersonDataPage {
  name: string;
  company: string;
  madeAt: string;
  ids: readonly string[];
  chapters: readonly { key: string; title: string; rows: readonly Record<string, unknown>[] }[];
}

export function dataPage(data: PersonDataPage, timeZone: string): string {
  const say = writerOf(timeZone);
  const chapters = data.chapters.map(
    ({ key, title, rows }) => `<section id="${escapeHtml(key)}"><h2>${escapeHtml(title)} <small>${rows.length}</small></h2>${rows.map((row) => rowOf(row, say)).join('')}</section>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>What ${escapeHtml(data.company)} keeps of ${escapeHtml(data.name)}</title>
<style>${style}</style></head><body><main>
<h1>What ${escapeHtml(data.company)} keeps of ${escapeHtml(data.name)}</h1>
<p>Made ${escapeHtml(say(new Date(data.madeAt)))}. Records: ${data.ids.map((id) => `<code>${escapeHtml(id)}</code>`).join(', ')}.</p>
<nav aria-label="Chapters"><ul>${data.chapters.map(({ key, title, rows }) => `<li><a href="#${escapeHtml(key)}">${escapeHtml(title)}</a> (${rows.length})</li>`).join('')}</ul></nav>
${chapters.join('\n')}
</main></body></html>
`;
}

type Say = (value: unknown) => string;

function rowOf(row: Record<string, unknown>, say: Say): string {
  const { currency, ...rest } = row;
  const facts = Object.entries(rest).flatMap(([key, value]) => {
    if (isNothing(value)) return [];
    const money = key.endsWith('Minor') && typeof value === 'number' && typeof currency === 'string';
    const label = wordsOf(money ? key.slice(0, -5) : key);
    return [`<div><dt>${escapeHtml(label)}</dt><dd>${money ? escapeHtml(`${moneyText({ minor: value, currency })} ${currency}`) : deep(value, say)}</dd></div>`];
  });
  return facts.length === 0 ? '' : `<dl>${facts.join('')}</dl>`;
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.every(isNothing)) || (isRecord(value) && Object.values(value).every(isNothing));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

function deep(value: unknown, say: Say): string {
  if (Array.isArray(value)) return `<ul>${value.filter((one) => !isNothing(one)).map((one) => `<li>${deep(one, say)}</li>`).join('')}</ul>`;
  if (isRecord(value))
    return Object.entries(value)
      .filter(([, one]) => !isNothing(one))
      .map(([key, one]) => `<span class="part"><b>${escapeHtml(wordsOf(key))}</b> ${deep(one, say)}</span>`)
      .join(' ');
  return escapeHtml(say(value));
}

/** 'givenName', 'given_name' → 'Given name' */
function wordsOf(key: string): string {
  const words = key.replaceAll('_', ' ').replaceAll(/([a-z\d])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function writerOf(timeZone: string): Say {
  const instant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone });
  return (value) => {
    if (value instanceof Date) return instant.format(value);
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    const text = String(value);
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)) ? instant.format(new Date(text)) : text;
  };
}

const style = `:root{color-scheme:light dark;--ink:#1a1d21;--soft:#5c636b;--line:#e3e6ea;--ground:#f7f8fa;--card:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#eceef0;--soft:#a3abb3;--line:#343a40;--ground:#14171a;--card:#1c2024}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}h1{font-size:26px;line-height:1.25;margin:8px 0}h2{font-size:19px;margin:32px 0 8px}small{color:var(--soft);font-weight:400}
p,nav{color:var(--soft)}nav ul{columns:2;padding-left:20px}a{color:inherit}code{font-size:13px;overflow-wrap:anywhere}
dl{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:0 0 12px;padding:8px 16px}dl div{display:grid;grid-template-columns:180px 1fr;gap:4px 16px;padding:5px 0}
dl div+div{border-top:1px solid var(--line)}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}dd ul{margin:0;padding-left:18px;white-space:normal}.part{display:inline-block;margin-right:12px}.part b{color:var(--soft);font-weight:400}
@media(max-width:600px){dl div{grid-template-columns:1fr}nav ul{columns:1}}@media print{body{background:#fff}dl{break-inside:avoid}}`;
/** The page’s own style, and nothing else. */
export const dataPagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`;
