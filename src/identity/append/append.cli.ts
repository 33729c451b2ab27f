import type { Command } from 'commander';
import { importFromCommand } from '../../capture/index.ts';
import { refuse } from '../../platform/refusal.ts';
import type { OpenHouse } from '../../platform/room.ts';
import { ownFile } from './import-appended.ts';

interface AppendFlags {
  provider: string;
  people?: boolean;
  price?: string;
  per?: string;
  licenceUntil?: string;
  replace?: boolean;
  minConfidence?: string;
  notBefore?: string;
  mapping?: string;
  dryRun?: boolean;
}

export function appendCommand(program: Command, open: OpenHouse): void {
  program
    .command('append <file>')
    .description('add what a file says to organizations (or people) we know; nobody is made, what a person said stands. Undo with import-undo')
    .option('--provider <name>', 'who says so', ownFile)
    .option('--people', 'the rows are about people')
    .option('--price <amount>', 'what a thousand cost, in the currency of the company: 380 or 380.50')
    .option('--per <unit>', 'a thousand of what: hit (rows about somebody known) or row')
    .option('--licence-until <day>', 'until when the values may be kept: YYYY-MM-DD')
    .option('--replace', 'put the file’s word in the place of what is known otherwise')
    .option('--min-confidence <share>', 'leave values less sure than this, from 0 to 1')
    .option('--not-before <day>', 'leave values true only before this day: YYYY-MM-DD')
    .option('--mapping <file>', 'JSON: {"column header or number": "field"}')
    .option('--dry-run', 'read everything, change nothing, tell what would happen')
    .action((file: string, flags: AppendFlags) =>
      open((house) =>
        importFromCommand(house, file, {
          as: flags.people ? 'append-people' : 'append-organizations',
          ...(flags.mapping ? { mapping: flags.mapping } : {}),
          ...(flags.dryRun ? { dryRun: true } : {}),
          append: {
            provider: flags.provider,
            ...(flags.price === undefined ? {} : { priceThousandMinor: Math.round(numberIn(flags.price, '--price', 1e10) * 100) }),
            ...(flags.per === undefined ? {} : { pricePer: perIn(flags.per) }),
            ...(flags.licenceUntil === undefined ? {} : { licenceUntil: dayIn(flags.licenceUntil, '--licence-until') }),
            ...(flags.notBefore === undefined ? {} : { notBefore: dayIn(flags.notBefore, '--not-before') }),
            ...(flags.minConfidence === undefined ? {} : { minConfidence: numberIn(flags.minConfidence, '--min-confidence', 1) }),
            ...(flags.replace ? { replace: true } : {}),
          },
        }),
      ),
    );
}

function numberIn(text: string, flag: string, most: number): number {
  const number = Number(text);
  return text.trim() !== '' && number >= 0 && number <= most ? number : refuse('invalid', 'identity/append-flag', `${flag} takes a number from 0 to ${most.toLocaleString('en-US')}.`);
}
const perIn = (text: string): 'row' | 'hit' => (text === 'row' || text === 'hit' ? text : refuse('invalid', 'identity/append-flag', '--per takes hit or row.'));
const dayIn = (text: string, flag: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : refuse('invalid', 'identity/append-flag', `${flag} takes a day such as 2027-12-31.`);
