import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string | null;
  help: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds on the page as it stands, WCAG 2.2 A and AA; one line each, worst first. */
export async function axeFindings(page: Page): Promise<string[]> {
  // Through the debugger, not a script tag: the page's own content policy forbids those.
  await page.evaluate(source);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then((result) => result.violations)`,
  )) as Violation[];
  return found.map(
    (one) =>
      `${one.impact}: ${one.id} (${one.help}) × ${one.nodes.length}\n${one.nodes
        .slice(0, 3)
        .map((node) => `    ${node.html.slice(0, 160)}\n    ${(node.failureSummary ?? '').split('\n')[1]?.trim() ?? ''}`)
        .join('\n')}`,
  );
}
