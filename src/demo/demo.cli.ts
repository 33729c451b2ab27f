import type { Command } from 'commander';
import { refuse } from '../platform/refusal.ts';
import type { OpenHouse } from '../platform/room.ts';
import { inviteEverybody, openDemoWorkspace } from './open-demo.ts';
import { loadDemo } from './load-demo.ts';

export function demoCommands(program: Command, open: OpenHouse): void {
  program
    .command('demo')
    .description('found the demo company: a pump maker with eighteen months behind it, and one sign-in link per role')
    .option('--inquiries <n>', 'how many inquiries', '20000')
    .option('--seed <n>', 'another seed tells another past', '7')
    .action((given: { inquiries: string; seed: string }) =>
      open(async (house) => {
        const [inquiries, seed] = [Number(given.inquiries), Number(given.seed)];
        if (!Number.isInteger(inquiries) || inquiries < 1)
          refuse('invalid', 'demo/inquiries', '--inquiries takes a whole number above zero.');
        if (!Number.isInteger(seed)) refuse('invalid', 'demo/seed', '--seed takes a whole number.');
        const workspace = await openDemoWorkspace(house.cx);
        let told = -1;
        const report = await loadDemo(house.cx, workspace.id, {
          inquiries,
          seed,
          onProgress(done, total, note) {
            const percent = Math.floor((100 * done) / total);
            if (percent > told)
              house.progress(
                `${workspace.name}: ${note}, ${done.toLocaleString('en')} of ${total.toLocaleString('en')} inquiries (${percent}%)`,
              );
            told = Math.max(told, percent);
          },
        });
        const people = await inviteEverybody(house.cx, workspace.id);
        const { userIds: _, ...figures } = report;
        house.print({ workspace, ...figures, people }, () =>
          [
            `${workspace.name} is founded: ${report.inquiries.toLocaleString('en')} inquiries, ${report.leads.toLocaleString('en')} leads, ${report.invoices.toLocaleString('en')} invoices, in ${report.seconds.toFixed(0)} s.`,
            '',
            'Look through anybody’s eyes. Each link works once and asks for a password of your choice; mails of this workspace are kept and never sent.',
            '',
            ...people.map(
              (person) => `  ${person.role.padEnd(14)} ${person.name.padEnd(20)} ${person.email}\n                 ${person.link}`,
            ),
          ].join('\n'),
        );
      }),
    );
}
