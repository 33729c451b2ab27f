import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { append, drain } from '../../journal/index.ts';
import type { Subscriber } from '../../journal/index.ts';
import { openContext } from '../../house.ts';
import { cloneDatabase } from '../../../tests/support/cluster.ts';
import { openTestHouse } from '../../../tests/support/house.ts';
import { readConfig } from '../config.ts';
import { backUp, restore } from './backup.ts';

test('a backup restored elsewhere is the same, and what nobody had heard yet is heard there once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-backup-'));
  const house = await openTestHouse();
  const other = await cloneDatabase(inject('cluster'));
  try {
    const note = (chainId: string) => ({
      type: 'setting.changed' as const,
      chainId,
      subjectId: chainId,
      data: { key: 'tab\t, line\n, \u2028 and \\ and "' },
    });
    const heard: string[] = [];
    const subscriber: Subscriber = {
      name: 'test.backup',
      types: ['setting.changed'],
      handle: async (_tx, _cx, facts) => void heard.push(...facts.map((f) => f.chainId)),
    };
    const before = [house.cx.ids.next(), house.cx.ids.next()];
    for (const id of before) await house.write((tx) => append(tx, house.cx, [note(id)]));
    await drain(house.cx, house.workspaceId, [subscriber]);
    expect(heard).toEqual(before);
    const after = [house.cx.ids.next(), house.cx.ids.next(), house.cx.ids.next()];
    for (const id of after.toReversed()) await house.write((tx) => append(tx, house.cx, [note(id)]));

    const file = join(folder, 'all.zst');
    const out = await backUp(house.connection, file);
    expect(await restore(other.connection, file)).toEqual(out);

    const dump = async (connection: pg.ClientConfig): Promise<unknown> => {
      const client = new pg.Client(connection);
      await client.connect();
      const rows = (await client.query('select workspace_id, id, chain_id, seq, type, at, data, hash from journal.fact order by id')).rows;
      await client.end();
      return rows;
    };
    expect(await dump(other.connection)).toEqual(await dump(house.connection));

    const cx = await openContext(readConfig({ BATON_LOG_LEVEL: 'silent' }), other.connection, house.clock);
    heard.length = 0;
    await drain(cx, house.workspaceId, [subscriber]);
    expect(heard).toEqual(after.toReversed());
    await cx.close();

    await expect(restore(other.connection, file)).rejects.toThrow(/holds data already/);
    const cut = join(folder, 'cut.zst');
    await writeFile(cut, (await readFile(file)).subarray(0, 300));
    const third = await cloneDatabase(inject('cluster'));
    await expect(restore(third.connection, cut)).rejects.toThrow(/not a whole backup/);
    await third.drop();
  } finally {
    await house.close();
    await other.drop();
    await rm(folder, { recursive: true });
  }
});
