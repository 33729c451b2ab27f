import { readSetting, writeSetting } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findOpenJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { judge, judgeBaseJob, qualityDefaults, qualitySetting, startJudging } from './judge-people.ts';
import { groups, sentenceOf } from './levels.rules.ts';
import { findBase } from './quality.store.ts';

/** Judged at the moment, so that what was just corrected is judged as it is. */
export async function readQuality(tx: Tx, cx: Context, id: string) {
  const [one] = await judge(tx, cx, [id]);
  if (!one) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const { levels, findings, wanted } = one.said;
  return {
    levels: groups.map((group) => ({
      group,
      level: levels[group],
      reasons: findings.filter((found) => found.group === group).map((found) => ({ code: found.code, level: found.level, sentence: sentenceOf(found) })),
    })),
    wanted,
  };
}

export async function readQualitySettings(tx: Tx, cx: Context) {
  const { staleMonths } = await readSetting(tx, qualitySetting, qualityDefaults);
  const job = await findOpenJob(tx, judgeBaseJob);
  return {
    staleMonths,
    domainsAsked: cx.config.mailDomainDns !== undefined,
    judgedAt: (await findBase(tx))?.judgedAt ?? null,
    underWay: job ? { jobId: job.id, done: job.done, total: job.total, note: job.note } : null,
  };
}

export async function changeQualitySettings(tx: Tx, cx: Context, given: { staleMonths: number }): Promise<{ jobId: string }> {
  await writeSetting(tx, cx, qualitySetting, given);
  return { jobId: await startJudging(tx, cx) };
}
