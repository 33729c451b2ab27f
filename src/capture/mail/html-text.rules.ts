const named: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '', zwnj: '', zwj: '', ensp: ' ', emsp: ' ', thinsp: ' ', ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', laquo: '«', raquo: '»',
  lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', euro: '€', pound: '£', cent: '¢', yen: '¥', copy: '©', reg: '®', trade: '™', deg: '°', para: '¶', sect: '§', iexcl: '¡', iquest: '¿', ordf: 'ª', ordm: 'º',
  szlig: 'ß', aelig: 'æ', AElig: 'Æ', oelig: 'œ', OElig: 'Œ', oslash: 'ø', Oslash: 'Ø', eth: 'ð', ETH: 'Ð', thorn: 'þ', THORN: 'Þ',
};
const MARKS: Record<string, string> = { grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', ring: '\u030A', cedil: '\u0327', caron: '\u030C' };

function entity(whole: string, name: string): string {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  }
  const plain = named[name];
  if (plain !== undefined) return plain;
  const accented = /^([A-Za-z])(grave|acute|circ|tilde|uml|ring|cedil|caron)$/.exec(name);
  return accented ? (accented[1]! + MARKS[accented[2]!]!).normalize('NFC') : whole;
}

const BLOCK = new Set(['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'tbody', 'thead', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'dl', 'dt', 'section', 'article', 'header', 'footer', 'pre', 'address', 'blockquote', 'center']);
/** What is in these is never shown. */
const HIDDEN = /<(script|style|head|title|template|noscript|svg)\b[^>]*>[\s\S]*?(<\/\1\s*>|$)/gi;

/**
 * The text of an HTML mail as one reads it: a line a block, the cells of a table's row and the two sides of a definition list divided by tabs,
 * quotations marked with ">". Nothing of the mark-up survives, so what comes out is never HTML.
 */
export function htmlText(html: string): string {
  const source = html.slice(0, 2_000_000).replaceAll(/<!--[\s\S]*?(-->|$)/g, '').replaceAll(HIDDEN, ' ');
  const lines: string[] = [];
  let line = '';
  let quotes = 0;
  let cells = 0;
  // After a tab the value begins, whatever blocks its cell opens.
  const end = (): void => {
    if (line.endsWith('\t')) return;
    lines.push((quotes > 0 ? `${'>'.repeat(Math.min(quotes, 9))} ` : '') + line.trim());
    line = '';
  };
  const tab = (): void => {
    if (line.trim() === '' && lines.length > 0) {
      while (lines.length > 0 && lines.at(-1)!.trim() === '') lines.pop();
      line = lines.pop() ?? '';
    }
    if (line !== '') line = `${line.trimEnd()}\t`;
  };
  for (const [, tag, closing, words] of source.matchAll(/(<(\/?)[a-zA-Z!][^>]*>)|([^<]+|<)/g).map((m) => [m[0], m[1], m[2], m[3]] as const)) {
    if (tag === undefined) {
      const text = (words ?? '').replaceAll(/\s+/g, ' ').replaceAll(/&(#?\w{1,31});/g, entity);
      line += line === '' || /[\s\t]$/.test(line) ? text.trimStart() : text;
      continue;
    }
    const name = /^<\/?([a-zA-Z0-9]+)/.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (name === 'tr') cells = 0;
    if ((name === 'td' || name === 'th') && closing === '') {
      if (cells++ > 0) tab();
    } else if (name === 'dd' && closing === '') tab();
    else if (name === 'tr' || name === 'table' || name === 'dl' || name === 'dt') {
      line = line.replace(/\t$/, '');
      end();
    } else if (BLOCK.has(name)) end();
    if (name === 'blockquote') quotes = Math.max(0, quotes + (closing === '' ? 1 : -1));
  }
  line = line.replace(/\t$/, '');
  end();
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();
}
