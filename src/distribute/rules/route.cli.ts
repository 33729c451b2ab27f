import type { Command } from 'commander';
import type { OpenHouse } from '../../platform/room.ts';
import { refuse } from '../../platform/refusal.ts';
import { listPath } from '../distribute.queries.ts';
import { judgeSteps } from './replay-lead.ts';

export function routeCommand(program: Command, open: OpenHouse): void {
  program
    .command('route')
    .description('How leads find their holders')
    .command('replay <lead>')
    .description('Make every decision about a lead again from what was stored of it; ends with 1 where one comes out otherwise')
    .action((lead: string) =>
      open(async (house) => {
        const scope = await house.scope();
        const steps = await house.cx.db.read(scope, async (tx) => {
          const path = await listPath(tx, lead);
          if (path.length === 0) refuse('not-found', 'distribute/no-such-lead', 'There is no such lead, or nobody holds it yet.');
          const judged = await judgeSteps(tx, path);
          return path.map((step) => ({
            sequence: step.sequence,
            at: step.startedAt,
            holderId: step.holderId,
            holder: step.holderName,
            why: step.why,
            ...judged.get(step.id)!,
          }));
        });
        if (steps.some(({ again }) => again && !again.same)) process.exitCode = 1;
        house.print({ leadId: lead, steps }, () =>
          steps
            .map(({ sequence, at, holder, why, version, rules, again }) =>
              [
                `${sequence}. ${at.toISOString()} ${holder} (${why})`,
                ...(version === null
                  ? []
                  : [`   rules version ${version}: ${rules.map(({ name, came }) => `${name} (${came})`).join(', ') || 'none held'}`]),
                `   ${again === null ? 'decided by a person, or before decisions were kept' : again.same ? 'comes out the same' : `COMES OUT OTHERWISE: ${again.differences.join(' ') || 'somebody else'}`}`,
              ].join('\n'),
            )
            .join('\n'),
        );
      }),
    );
}
