import { DuckDBInstance } from '@duckdb/node-api';
import type { ConvertAsked } from './datasets.rules.ts';
import { convertStatements } from './datasets.rules.ts';

export interface ConvertTask extends ConvertAsked {
  /** where DuckDB may put down what does not fit into its memory */
  spill: string;
}
export type ConvertAnswer = { rows: number; deleted: number } | { problem: string };

/** A process of its own, one task after the other: whatever happens to the engine in it, the house stands, and its memory goes back when it ends. */
process.on('message', (task: ConvertTask) => {
  void convert(task)
    .catch((error: unknown): ConvertAnswer => ({ problem: error instanceof Error ? error.message : String(error) }))
    .then((answer) => process.send!(answer));
});

async function convert(task: ConvertTask): Promise<ConvertAnswer> {
  const engine = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB', temp_directory: task.spill, autoinstall_known_extensions: 'false' });
  const connection = await engine.connect();
  await connection.run(`set TimeZone = 'UTC'`);
  const { statements, counted } = convertStatements(task);
  for (const statement of statements) await connection.run(statement);
  const [row] = (await connection.runAndReadAll(counted)).getRowObjects();
  connection.closeSync();
  engine.closeSync();
  return { rows: Number(row!['rows']), deleted: Number(row!['deleted']) };
}
