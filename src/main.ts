import { setFlagsFromString } from 'node:v8';
import { Command } from 'commander';
import { commandShell, failCommand } from './cli/shell.ts';
import { addCommands, openApi, openContext, openDoors, openStorage, setUpDoor, work } from './house.ts';
import { backUp, restore } from './platform/db/backup.ts';
import { readConfig } from './platform/config.ts';
import { baseUrl } from './platform/access/index.ts';

// Batches of thousands of rows outlive the young heap, and the old one doubles before it is swept: measured over an import, sweeping sooner
// costs little and keeps the memory level.
setFlagsFromString('--heap-growing-percent=40');

const program = new Command('baton')
  .description('Closed-loop lead management: every enquiry from first contact to paid invoice, and back.')
  .option('--json', 'print machine-readable results', false)
  .option('--workspace <name>', 'which workspace, by name or id')
  .showHelpAfterError()
  .enablePositionalOptions(false);

async function run(parts: { serve: boolean; work: boolean }): Promise<void> {
  const config = readConfig(process.env);
  const began = Date.now();
  const storage = await openStorage(config);
  const cx = await openContext(config, storage.connection);
  const setUp = setUpDoor(cx);
  const api = parts.serve ? await openApi(cx, setUp) : undefined;
  let port = config.port;
  if (api) {
    const address = await api.app.listen({ host: config.host, port: config.port }).catch(async (error: { code?: string }) => {
      await cx.close();
      if (!storage.adopted) await storage.close();
      throw error.code === 'EADDRINUSE'
        ? Object.assign(new Error(`Port ${config.port} is taken. Set BATON_PORT to another, or stop what runs there.`), { plain: true })
        : error;
    });
    port = Number(new URL(address).port);
    cx.config.port = port; // links made from here on carry the port really taken (BATON_PORT=0 picks a free one)
  }
  const doors = await openDoors(cx, parts).catch(async (error: unknown) => {
    await api?.app.close();
    await cx.close();
    if (!storage.adopted) await storage.close();
    throw error;
  });
  const working = parts.work ? work(cx) : undefined;
  const url = baseUrl(cx);
  const fresh = api && (await setUp.needed());
  process.stdout.write(`\n  Baton is ready in ${((Date.now() - began) / 1000).toFixed(1)} s.\n\n`);
  if (api)
    process.stdout.write(
      fresh ? `  Set it up here (this link works once):\n\n    ${url}/setup?token=${setUp.token}\n\n` : `  Open  ${url}\n\n`,
    );
  for (const { name, port: at } of doors) process.stdout.write(`  Takes ${name}${at === null ? '' : `:${at}`}\n`);
  if (api) process.stdout.write('  Stop with Ctrl-C.\n');

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // What is begun is ended; nothing new is taken; the database goes last. A second Ctrl-C is not needed: this takes a moment at most.
    const last = setTimeout(() => process.exit(1), 20_000);
    await api?.app.close();
    await Promise.all(doors.map((door) => door.stop()));
    await working?.stop();
    await cx.close();
    if (!storage.adopted || !config.databaseUrl) await storage.close();
    clearTimeout(last);
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

async function withStorage(use: (storage: Awaited<ReturnType<typeof openStorage>>) => Promise<void>): Promise<void> {
  const storage = await openStorage(readConfig(process.env));
  try {
    await use(storage);
  } finally {
    if (!storage.adopted) await storage.close();
  }
}
function told(counts: Record<string, number>, done: string): void {
  const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
  process.stdout.write(
    program.opts<{ json: boolean }>().json
      ? `${JSON.stringify({ rows, tables: counts })}\n`
      : `${done}: ${rows.toLocaleString('en')} rows in ${Object.keys(counts).length} tables.\n`,
  );
}

program
  .command('serve')
  .description('serve the API and the web app')
  .option('--work', 'also do the background work', false)
  .action((o: { work: boolean }) => run({ serve: true, work: o.work }));
program
  .command('work')
  .description('do the background work: subscribers, clocks, jobs')
  .action(() => run({ serve: false, work: true }));
program
  .command('start')
  .description('serve and work in one process (the default)')
  .action(() => run({ serve: true, work: true }));
program
  .command('migrate')
  .description('bring the database up to date')
  .action(() =>
    withStorage(async () => {
      process.stdout.write('The database is up to date.\n');
    }),
  );
program
  .command('backup')
  .argument('<file>', 'where to write it, e.g. baton-2026-11-21.zst')
  .description('write everything into one file, as of this instant, while Baton goes on working')
  .action((file: string) => withStorage(async ({ connection }) => told(await backUp(connection, file), `Backed up into ${file}`)));
program
  .command('restore')
  .argument('<file>', 'a file that backup wrote')
  .description('fill an empty data folder or database from a backup')
  .action((file: string) => withStorage(async ({ connection }) => told(await restore(connection, file), `Restored from ${file}. If people were erased since, run "./baton erase --again" with the list you kept.`)));
addCommands(
  program,
  commandShell(() => program.opts()),
);

try {
  // Bare `baton` starts; anything else has to be a command, so that a slip of the pen is not answered by a server.
  await program.parseAsync(process.argv.length > 2 ? process.argv : [...process.argv, 'start']);
} catch (error) {
  if ((error as { plain?: boolean }).plain) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(7);
  }
  failCommand(error, Boolean(program.opts<{ json: boolean }>().json));
  process.exit();
}
