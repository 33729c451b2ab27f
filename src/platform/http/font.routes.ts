import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Api } from './index.ts';

const files = createRequire(import.meta.url)
  .resolve('@fontsource-variable/inter/wght.css')
  .replace(/wght\.css$/, 'files/');
/** What the western languages need; others fall back to the system's own letters. */
const subsets = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
} as const;

const css = Object.entries(subsets)
  .map(
    ([name, range]) =>
      `@font-face{font-family:Inter;font-style:normal;font-display:swap;font-weight:100 900;src:url(/fonts/inter-${name}.woff2) format('woff2');unicode-range:${range}}`,
  )
  .join('\n');

/** The letters of the pages that stand outside the app (forms, mail links): the app brings its own with its build. */
export function fontRoutes({ app }: Api): void {
  const forEver = {
    'cache-control': 'public, max-age=604800',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  app.get('/fonts/inter.css', { schema: { hide: true } }, (_request, reply) =>
    reply.headers(forEver).type('text/css; charset=utf-8').send(css),
  );
  for (const name of Object.keys(subsets)) {
    const bytes = readFileSync(`${files}inter-${name}-wght-normal.woff2`);
    app.get(`/fonts/inter-${name}.woff2`, { schema: { hide: true } }, (_request, reply) =>
      reply.headers(forEver).type('font/woff2').send(bytes),
    );
  }
}
