import { escapeHtml } from '../values/html.rules.ts';

/** The parts of an OpenAPI document that the readable page shows. */
export interface ApiDocument {
  info: { title: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  summary?: string;
  'x-may'?: string | string[];
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Shape }[];
  requestBody?: { content?: Record<string, { schema?: Shape }> };
  responses?: Record<string, { content?: Record<string, { schema?: Shape }> }>;
}
interface Shape {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  anyOf?: Shape[];
  $ref?: string;
}

/** A shape in one line, as TypeScript people write it. */
export function sayShape(shape: Shape | undefined, depth = 0): string {
  if (!shape) return 'anything';
  if (shape.$ref) return shape.$ref.split('/').at(-1)!;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((v) => JSON.stringify(v)).join(' | ');
  if (shape.anyOf) return [...new Set(shape.anyOf.map((s) => sayShape(s, depth)))].join(' | ');
  if (shape.items) return `${sayShape(shape.items, depth)}[]`;
  if (shape.properties) {
    if (depth > 1) return '{…}';
    return `{ ${Object.entries(shape.properties)
      .map(([name, s]) => `${name}${shape.required?.includes(name) ? '' : '?'}: ${sayShape(s, depth + 1)}`)
      .join('; ')} }`;
  }
  return shape.format ? `${String(shape.type)} (${shape.format})` : String(shape.type ?? 'anything');
}

/** The API for people: one page without script, grouped by subject, made from the same document machines read. */
export function renderApiPage(document: ApiDocument): string {
  const groups = new Map<string, string[]>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags?.[0] ?? 'baton';
      const query = (operation.parameters ?? []).filter((p) => p.in === 'query');
      const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
      const answer = Object.values(operation.responses?.['200']?.content ?? {})[0]?.schema;
      const line = (label: string, text: string): string => `<dt>${label}</dt><dd><code>${escapeHtml(text)}</code></dd>`;
      const item =
        `<details><summary><b class="m ${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> <span>${escapeHtml(operation.summary ?? '')}</span></summary><dl>` +
        (operation['x-may'] ? line('for', [operation['x-may']].flat().join(', ')) : '') +
        (query.length > 0 ? line('query', query.map((p) => `${p.name}${p.required ? '' : '?'}: ${sayShape(p.schema)}`).join('; ')) : '') +
        (body ? line('body', sayShape(body)) : '') +
        (answer ? line('answer', sayShape(answer)) : '') +
        '</dl></details>';
      groups.set(tag, [...(groups.get(tag) ?? []), item]);
    }
  }
  const sections = [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, items]) => `<section><h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${items.join('')}</section>`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(document.info.title)} API</title>
<style>:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;max-width:960px;margin:2rem auto;padding:0 1rem}h1{font-size:22px}h2{font-size:15px;margin:1.5rem 0 .5rem}
details{border:1px solid #8884;border-radius:9px;margin:4px 0;padding:8px 12px}summary{cursor:pointer}summary span{opacity:.75;margin-left:.5rem}.m{display:inline-block;min-width:4rem;font-size:12px}
code{font:12.5px ui-monospace,monospace;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:4rem 1fr;gap:4px 8px;margin:8px 0 0}dt{opacity:.7}dd{margin:0}nav a{margin-right:.75rem}</style></head><body>
<h1>${escapeHtml(document.info.title)} API</h1><p>${escapeHtml(document.info.description ?? '')}</p>
<p>Send an API token (Settings, API tokens) as <code>Authorization: Bearer baton_…</code>. The machine-readable document is <a href="/openapi.json">/openapi.json</a>.</p>
<nav>${[...groups.keys()]
    .toSorted()
    .map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`)
    .join('')}</nav>${sections.join('')}</body></html>`;
}
