/** What can be extracted: the views of schema `extract`, each with one row per what. The columns are told by the database itself. */
export interface Dataset {
  name: string;
  what: string;
  /** Rows never change once they are there: an extract of changes takes those behind the last, by this column. */
  grows?: string;
}

export const datasets: readonly Dataset[] = [
  { name: 'sources', what: 'source of inquiries' },
  { name: 'programs', what: 'program, with budget and goals' },
  { name: 'program_costs', what: 'dated cost of a program' },
  { name: 'holders', what: 'rep, partner, desk or nurture' },
  { name: 'territories', what: 'territory, in their order' },
  { name: 'organizations', what: 'organization, as it is known now' },
  { name: 'people', what: 'person, as they are known now' },
  { name: 'merged_ids', what: 'id that was merged, and the id it is today' },
  { name: 'inquiries', what: 'inquiry that stands (not withdrawn)' },
  { name: 'leads', what: 'lead that stands, with who holds it now' },
  { name: 'handoffs', what: 'time a lead was in somebody’s hands' },
  { name: 'activities', what: 'call, mail, visit or note on a lead' },
  { name: 'verdicts', what: 'verdict on a lead' },
  { name: 'touches', what: 'message to a person, sent or held back' },
  { name: 'opportunities', what: 'opportunity, open, won or lost' },
  { name: 'invoices', what: 'invoice or credit note' },
  { name: 'credits', what: 'share of a sale that a program or source earned, by model' },
  { name: 'facts', what: 'fact of the journal, as it was recorded', grows: 'xact' },
];

/** A column of a view: its name and type as PostgreSQL says it. */
export interface ExtractColumn {
  name: string;
  type: string;
}

/** The DuckDB type a column's CSV text is read as; JSON stays text. */
export function readAs(type: string): string {
  if (/^numeric\(\d+,\d+\)$/.test(type)) return type.replace('numeric', 'DECIMAL');
  const known: Record<string, string> = {
    uuid: 'UUID',
    smallint: 'SMALLINT',
    integer: 'INTEGER',
    bigint: 'BIGINT',
    boolean: 'BOOLEAN',
    date: 'DATE',
    'double precision': 'DOUBLE',
    'timestamp with time zone': 'TIMESTAMPTZ',
  };
  return known[type] ?? 'VARCHAR';
}

export interface ConvertAsked {
  /** the rows as they stand, in files of CSV without a header, \N for nothing */
  csv: readonly string[];
  columns: readonly ExtractColumn[];
  /** The book of what was told so far (none yet: null), and the one to write: id, hash of the row, number of its last change, whether it is gone. None for rows that never change. */
  book: { told: string | null; telling: string; number: number } | null;
  /** only what changed after the extract of this number */
  since: number | null;
  out: string;
  format: 'parquet' | 'csv';
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Statements for DuckDB that turn rows into a file, whole or what changed, and keep book of what was told; and a question how many rows
 * that were. Rows are compared with what was told of them, whatever way they were written: no change is missed, and what changed
 * and changed back is none. The rows go by once: laying them down to look at them again takes longer than all else.
 */
export function convertStatements({ csv, columns, book, since, out, format }: ConvertAsked): { statements: string[]; counted: string } {
  const struct = columns.map((column) => `${quoted(column.name)}: ${quoted(readAs(column.type))}`).join(', ');
  const list = columns.map((column) => named(column.name)).join(', ');
  const read = `select * from read_csv([${csv.map(quoted).join(', ')}], header = false, auto_detect = false, columns = {${struct}},
      delim = ',', quote = '"', escape = '"', nullstr = '\\N', allow_quoted_nulls = false, max_line_size = 33554432, buffer_size = 67108864)`;
  const write = (select: string): string =>
    `copy (${select} order by id) to ${quoted(out)} ${format === 'parquet' ? '(format parquet, compression zstd)' : '(format csv, header)'}`;
  // Of a whole file the book is kept from what was written, where that can be read back as it is.
  const standing = since === null && format === 'parquet' ? `select * from read_parquet(${quoted(out)})` : read;
  const whole = since === null ? read : `select *, false as _deleted from (${read})`;
  if (!book) return { statements: [write(whole)], counted: `select count(*) as rows, 0 as deleted from (${standing})` };
  const told = `create table told as ${book.told === null ? 'select null::UUID as id, null::UBIGINT as hash, null::INTEGER as number, null::BOOLEAN as gone limit 0' : `select * from read_parquet(${quoted(book.told)})`}`;
  // Each row beside what was told of it: since when it is as it is, and whether it is gone.
  const compared = `(select *, hash(${list}) as _hash from (${standing})) s full outer join told t on t.id = s.id`;
  const number = `case when (s.id is null and t.gone) or (not t.gone and t.hash = s._hash) then t.number else ${book.number} end`;
  const telling = (select: string): string => `copy (${select}) to ${quoted(book.telling)} (format parquet)`;
  if (since === null)
    return {
      statements: [write(whole), told, telling(`select coalesce(s.id, t.id) as id, coalesce(s._hash, t.hash) as hash, ${number} as number, s.id is null as gone from ${compared}`)],
      counted: `select count(*) filter (not gone) as rows, 0 as deleted from read_parquet(${quoted(book.telling)})`,
    };
  // Of what is gone only the id is told.
  const own = columns.map(({ name }) => (name === 'id' ? 'coalesce(s.id, t.id) as id' : `s.${named(name)}`)).join(', ');
  return {
    statements: [
      told,
      // Of CSV it is guessed to be short: it would be laid down whole and what was told go by it.
      `set disabled_optimizers = 'build_side_probe_side'`,
      `create table news as select ${own}, s.id is null as _deleted, coalesce(s._hash, t.hash) as _hash, ${number} as _number from ${compared} where ${number} > ${since}`,
      telling(`select * from told anti join news using (id) union all select id, _hash, _number, _deleted from news`),
      write(`select ${list}, _deleted from news`),
    ],
    counted: 'select count(*) filter (not _deleted) as rows, count(*) filter (_deleted) as deleted from news',
  };
}
