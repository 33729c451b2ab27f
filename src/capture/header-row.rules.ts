import { contentOf } from './column-content.rules.ts';
import { wordsOf } from './header-words.rules.ts';

/** Decides whether the first row of a table names its columns, and why. `known` says whether a word is the name of any field. */
export function findHeader(rows: readonly string[][], known: (words: string) => boolean): { hasHeader: boolean; sentence: string } {
  const [first, ...body] = rows;
  if (!first || first.length === 0) return { hasHeader: false, sentence: 'The file is empty.' };
  const names = first.map((cell) => cell.trim());
  const given = names.filter((name) => name !== '');
  const recognised = given.filter((name) => known(wordsOf(name)));
  let votes = 0;
  let against = '';
  if (recognised.length > 0) votes += 2 + Math.min(4, recognised.length);
  if (new Set(given.map((name) => name.toLowerCase())).size < given.length) [votes, against] = [votes - 2, 'its first row repeats a value'];
  names.forEach((name, index) => {
    if (name === '') return;
    const content = contentOf([name]).content;
    // A mail address, a date, an amount or a number is data, not a name.
    if (['email', 'url', 'date', 'datetime', 'money', 'phone'].includes(content)) [votes, against] = [votes - 4, `“${name.slice(0, 40)}” in its first row is data`];
    else if (['integer', 'number'].includes(content)) [votes, against] = [votes - 2, against || `“${name.slice(0, 40)}” in its first row is data`];
    if (name.length > 80) votes -= 1;
    const below = body.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
    if (below.length === 0) return;
    const column = contentOf(below);
    if (!['text', 'organization', 'person', 'given name', 'code', 'empty'].includes(column.content) && content !== column.content) votes += 1.5;
    const repeats = below.length - new Set(below).size;
    // A column of few values that all come back: a name would not be among them, a value would.
    if (repeats <= below.length * 0.3) return;
    if (below.includes(name)) [votes, against] = [votes - 2, against || `“${name.slice(0, 40)}” in its first row comes back below`];
    else votes += 0.75;
  });
  if (/^[\w ]+$/.test(given.join('')) && given.every((name) => /^[a-z]\w*$/i.test(name) && name.length <= 40) && /_|[a-z][A-Z]/.test(given.join(' '))) votes += 1;
  const hasHeader = votes > 0.5;
  if (hasHeader) {
    const example = recognised.slice(0, 3).map((name) => `“${name}”`).join(', ');
    return { hasHeader, sentence: `The first row names the columns${example ? ` (${example})` : ''}.` };
  }
  return { hasHeader, sentence: `The first row was taken as data: ${against || 'nothing in it looks like the name of a column'}.` };
}
