import { raw, type Sql } from 'sql-template-tag';

/**
 * The number after LIMIT, in the text itself: told it, PostgreSQL keeps one plan for the statement. As a parameter it would guess a tenth of
 * all rows, find that plan dear, and plan every page anew, which takes longer than reading it.
 * @throws where it is no whole number
 */
export function atMost(rows: number): Sql {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new Error(`A limit of ${rows} rows is no whole number.`);
  return raw(String(rows));
}
