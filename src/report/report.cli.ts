import type { Command } from 'commander';
import type { OpenHouse } from '../platform/room.ts';
import { refuse } from '../platform/refusal.ts';
import { makeRoi, roiQuery } from '../revenue/index.ts';
import { roiText, reportText, verificationText } from './console.rules.ts';
import { makeReport } from './make-report.ts';
import { makeScoreboard } from './make-scoreboard.ts';
import { rebuildRows } from './rebuild-rows.ts';
import { reportName, reportQuery } from './report.contract.ts';
import { csvOf } from './sheet.rules.ts';
import { reportSheet } from './report-sheet.rules.ts';
import { verify } from './verify.ts';
import { majorOf } from '../platform/values/money.rules.ts';

interface Options {
  from?: string;
  to?: string;
  by?: string;
  model?: string;
  basis?: string;
  source?: string;
  program?: string;
  channel?: string;
  holder?: string;
  territory?: string;
  where?: string;
  csv?: boolean;
}

export function reportCommands(program: Command, open: OpenHouse): void {
  program
    .command('report')
    .argument('<name>', 'source, where-assigned, status-update, status-tracking, what-works, roi or scoreboard')
    .description('Print a report: source, where-assigned, status-update, status-tracking, what-works, roi, scoreboard')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--to <date>', 'last day, YYYY-MM-DD')
    .option('--by <what>', 'source report: source, program, channel or source-program; roi: program or channel')
    .option('--model <model>', 'roi: first, last or linear')
    .option('--basis <basis>', 'roi: won or invoiced')
    .option('--source <id>', 'only this source, or "none"')
    .option('--program <id>', 'only this program, or "none"')
    .option('--channel <name>', 'only this channel')
    .option('--holder <id>', 'only this rep or partner')
    .option('--territory <id>', 'only this territory, or "none"')
    .option('--where <conditions>', 'only of people and companies that fit, as JSON: \'{"field":"position.level","op":"equals","value":"director"}\'')
    .option('--csv', 'as CSV')
    .action((name: string, options: Options) =>
      open(async (house) => {
        const scope = await house.scope();
        // Whatever was just brought in is worked through first, so that the report is about all of it.
        await house.drain();
        const { from, to } = options;
        if (name === 'roi') {
          const query = parsed(roiQuery.safeParse({ from, to, by: options.by, model: options.model, basis: options.basis, where: options.where }));
          const roi = await house.cx.db.read(scope, (tx) => makeRoi(tx, query, house.cx));
          return house.print(roi, () => roiText(roi));
        }
        const query = parsed(
          reportQuery.safeParse({
            from,
            to,
            groupBy: options.by,
            sourceId: options.source,
            programId: options.program,
            channel: options.channel,
            holderId: options.holder,
            territoryId: options.territory,
            where: options.where,
          }),
        );
        if (name === 'scoreboard') {
          const board = await makeScoreboard(house.cx, scope, query);
          return house.print(board, () => JSON.stringify(board, null, 2));
        }
        const known = reportName.safeParse(name);
        if (!known.success)
          return refuse(
            'invalid',
            'report/no-such-report',
            `There is no report “${name}”. There are: ${reportName.options.join(', ')}, roi and scoreboard.`,
          );
        const report = await makeReport(house.cx, scope, known.data, query, query);
        const sheet = reportSheet(report, (minor) => majorOf({ minor, currency: report.currency }));
        return house.print(report, () => (options.csv ? csvOf(sheet) : reportText(report, sheet)));
      }),
    );

  program
    .command('verify')
    .description('Prove the record: hash chains, custody and conservation. Ends with 1 where something is broken')
    .action(() =>
      open(async (house) => {
        const scope = await house.scope();
        const verification = await verify(house.cx, scope.workspaceId);
        house.print(verification, () => verificationText(verification));
        if (!verification.holds) process.exitCode = 1;
      }),
    );

  program
    .command('rebuild-reports')
    .description('Make the rows the reports read again, from the rooms’ own tables')
    .action(() =>
      open(async (house) => {
        const scope = await house.scope();
        const made = await rebuildRows(house.cx, scope, (done) => house.progress(`${done} rows`));
        house.print(made, () => `Made ${made.inquiries} inquiry rows and ${made.leads} lead rows.`);
      }),
    );
}

function parsed<T>(
  result: { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } },
): T {
  if (result.success) return result.data;
  return refuse('invalid', 'report/options', result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
}
