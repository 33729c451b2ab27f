import type { Command } from 'commander';
import type { OpenHouse } from '../../platform/room.ts';
import { checkSegments, rebuildAll } from './keep-segments.ts';
import { getSegmentCalled, membersFile, readMembers, readSegments } from './read-segments.ts';

export function segmentCommand(program: Command, open: OpenHouse): void {
  program
    .command('segment [name]')
    .description('Who is in a segment; without a name, which segments there are')
    .option('--csv', 'all members as CSV')
    .option('--check', 'compare the members kept with those the conditions find now; ends with 1 where they differ')
    .option('--rebuild', 'look at everybody again for all live segments')
    .action((name: string | undefined, options: { csv?: boolean; check?: boolean; rebuild?: boolean }) =>
      open(async (house) => {
        const scope = await house.scope();
        const { db } = house.cx;
        if (options.rebuild) await rebuildAll(house.cx, scope, (done, total, what) => house.progress(`${done} of ${total}: ${what}`));
        if (options.check) {
          const checks = await checkSegments(house.cx, scope);
          if (checks.some((one) => one.missing + one.extra > 0 || !one.counted)) process.exitCode = 1;
          return house.print(checks, () =>
            checks.map((one) => `${one.name}: ${counted(one.members)}, ${one.missing} missing, ${one.extra} too many`).join('\n'),
          );
        }
        if (name === undefined) {
          const segments = await db.read(scope, (tx) => readSegments(tx, undefined));
          return house.print(segments, () => segments.map((one) => `${one.name} (${one.kind}, ${one.members}): ${one.sentence}`).join('\n') || 'There is no segment yet.');
        }
        const segment = await db.read(scope, (tx) => getSegmentCalled(tx, name));
        if (options.csv) {
          for await (const part of membersFile(house.cx, scope, segment)) process.stdout.write(part);
          return;
        }
        const members = await db.read(scope, (tx) => readMembers(tx, segment.id, { after: undefined, limit: shownMax }));
        house.print({ ...segment, items: members }, () =>
          [
            `${segment.name}: ${counted(segment.members)}`,
            ...members.map((one) => `  ${[one.name, one.organization, one.email ?? one.phone].filter(Boolean).join(', ')}`),
            ...(segment.members > members.length ? [`  … ${segment.members - members.length} more; --csv writes them all.`] : []),
          ].join('\n'),
        );
      }),
    );
}

const shownMax = 1000;
const counted = (members: number): string => (members === 1 ? '1 member' : `${members} members`);
