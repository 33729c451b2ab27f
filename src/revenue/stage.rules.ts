// Stages are the company's own words. Only whether a stage means won or lost has to be understood.

export type Outcome = 'open' | 'won' | 'lost';

const wonWords =
  /\b(won|win|gewonnen|gagn[ée]e?|ganad[ao]|vint[ao]|ganh[ao]|sold|sale|verkauft|ordered|order received|auftrag|purchased|closed[- ]?deal|signed|success(ful)?)\b/u;
const lostWords =
  /\b(lost|loss|lose|verloren|perdue?|perdid[ao]|pers[ao]|abandoned|cancell?ed|dead|declined|rejected|disqualified|no[- ]decision|omitted|dropped|unsuccessful|storniert)\b/u;

/** "Closed Won" → won, "Closed-Lost to Competition" → lost, "Needs Analysis" → open. Lost wins where both are said ("lost order"). */
export function outcomeOfStage(stage: string): Outcome {
  const words = stage.normalize('NFKC').toLowerCase().replace(/[_/]+/g, ' ');
  if (/\bnot (yet )?(won|sold|ordered|signed)\b/.test(words)) return 'open';
  if (lostWords.test(words)) return 'lost';
  if (wonWords.test(words)) return 'won';
  return 'open';
}

export interface Stage {
  name: string;
  probability: number;
}

export const defaultStages: readonly Stage[] = [
  { name: 'Qualification', probability: 10 },
  { name: 'Needs analysis', probability: 25 },
  { name: 'Proposal', probability: 50 },
  { name: 'Negotiation', probability: 75 },
];

const stageProbabilities: readonly (readonly [RegExp, number])[] = [
  [/negotiat|review|verhandl/u, 75],
  [/propos|quot|offer|angebot/u, 50],
  [/need|analys|demo|evaluat|bedarf/u, 25],
  [/qualif|discover/u, 10],
  [/prospect|lead|new/u, 5],
];

/** The chance a stage stands for: what the company set, what the file said, else what the words suggest. */
export function probabilityOf(stage: string, outcome: Outcome, said: number | null, stages: readonly Stage[]): number {
  if (outcome !== 'open') return outcome === 'won' ? 100 : 0;
  if (said !== null && said >= 0 && said <= 100) return Math.round(said);
  const own = stages.find((candidate) => sameStage(candidate.name, stage));
  if (own) return own.probability;
  const words = stage.toLowerCase();
  return stageProbabilities.find(([pattern]) => pattern.test(words))?.[1] ?? 10;
}

export function sameStage(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The board's columns: the company's stages in order, then stages that only came with files, likeliest last. */
export function boardColumns(stages: readonly Stage[], used: readonly { stage: string; probability: number }[]): Stage[] {
  const extra = used
    .filter((one) => !stages.some((stage) => sameStage(stage.name, one.stage)))
    .map((one) => ({ name: one.stage, probability: one.probability }))
    .sort((a, b) => a.probability - b.probability || (a.name < b.name ? -1 : 1));
  return [...stages, ...extra];
}
