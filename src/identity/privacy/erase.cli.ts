import type { Command } from 'commander';
import type { OpenHouse } from '../../platform/room.ts';
import { erasureListPath, readErasureList } from './erasure-list.ts';
import { eraseAgain, eraseNow } from './erase-again.ts';
import { whyErased } from './privacy.contract.ts';
import { writeErasureList } from './read-privacy.ts';

export function eraseCommand(program: Command, open: OpenHouse): void {
  program
    .command('erase [person]')
    .description('Erase a person by id; or, after a restore, everybody who was erased since the backup')
    .option('--why <reason>', `one of: ${whyErased.options.join(', ')}`, 'asked')
    .option('--remember', 'keep their addresses as keyed hashes, so that no list brings them back as contactable')
    .option('--list', 'write the list of erasures, to be kept beside the backups')
    .option('--again [file]', 'erase again whoever the list names; without a file, the list in the data folder')
    .action((person: string | undefined, options: { why: string; remember?: boolean; list?: boolean; again?: boolean | string }) =>
      open(async (house) => {
        const scope = await house.scope();
        const { cx } = house;
        if (options.list) return void process.stdout.write(await cx.db.read(scope, writeErasureList));
        if (options.again) {
          const path = options.again === true ? erasureListPath(cx, scope.workspaceId) : options.again;
          const sum = await eraseAgain(cx, scope, await readErasureList(path));
          await house.drain();
          return house.print(sum, () => `${sum.erased} erased again, ${sum.erasedAlready} were erased already, ${sum.unknown} are not known here.`);
        }
        const erasure = await eraseNow(cx, scope, person, { why: whyErased.parse(options.why), remembers: options.remember ?? false });
        await house.drain();
        house.print(erasure, () => `Erased: ${Object.entries(erasure.counts).map(([what, count]) => `${count} ${what}`).join(', ') || 'nothing was left of them'}.`);
      }),
    );
}
