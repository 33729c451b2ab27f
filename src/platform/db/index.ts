export { compileCriteria, valuesOf } from './compile-criteria.ts';
export type { Catalogue, Column, Compiled } from './compile-criteria.ts';
export { default as sql, empty, join, raw } from 'sql-template-tag';
export type { Sql } from 'sql-template-tag';
export { isRetriable, openDatabase } from './database.ts';
export type { Connection, Database } from './database.ts';
export { dropInHand, perTx } from './per-tx.ts';
export { queryCount } from './tx.ts';
export type { Tx } from './tx.ts';
