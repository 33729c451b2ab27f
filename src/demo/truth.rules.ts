import { fitOf, type TruePerson } from './people.rules.ts';
import type { Intent, Product } from './messages.rules.ts';
import { randomOf } from './random.rules.ts';

/**
 * What is really so. The application never sees this; the generator hands it out beside each inquiry, so that tests can ask how
 * well the house recovered it.
 */
export interface Truth {
  /** Position in the world, from 0; unique. */
  sequence: number;
  /** Who wrote; null for junk. Equal keys are the same human being. */
  person: string | null;
  organization: string | null;
  junk: 'keyboard' | 'test' | 'spam' | null;
  intent: Intent | null;
  /** The same need of the same person: several inquiries within some months are one chance to sell. */
  episode: string;
  /** Log odds of buying from us if answered within the hour by an average holder. */
  logOdds: number;
  /** The fixed draw: the person buys when the probability exceeds it. The same world answers the same however often it is asked. */
  draw: number;
  amountMinor: number;
  lagDays: number;
  /** Whether the person buys from *somebody* within the year. */
  buysSomewhere: boolean;
}

/** How a lead was treated, as far as it moves the odds. */
export interface Treatment {
  /** Hours from the inquiry to the first real contact; null when nobody ever called. */
  hoursToContact: number | null;
  contacts: number;
  /** −1 poor … +1 excellent. */
  skill: number;
}

const oddsOfIntent: Record<Intent, number> = {
  quote: 0.95,
  project: 0.75,
  spare: 1.25,
  service: 0.15,
  information: -0.45,
  catalogue: -0.9,
  private: -3,
};
const priceOf: Record<string, number> = { HX: 9_800, DM: 4_600, VS: 7_400, RL: 13_500, BT: 21_000, SK: 780, SL: 17_800 };
const lagOf: Record<Intent, readonly [median: number, sigma: number]> = {
  quote: [38, 0.7],
  project: [115, 0.5],
  spare: [8, 0.6],
  service: [21, 0.7],
  information: [70, 0.7],
  catalogue: [95, 0.6],
  private: [20, 0.5],
};

export function truthOf(
  seed: number,
  sequence: number,
  person: TruePerson,
  intent: Intent,
  product: Product,
  quality: number,
  day: number,
): Truth {
  const phase = randomOf(seed, 'phase', person.number).int(150);
  const episode = `${person.key}:${Math.floor((day + phase) / 150)}`;
  // Drawn from the episode, not from the inquiry: asking three times does not give three chances.
  const random = randomOf(seed, 'need', episode);
  const draw = random.next();
  const somewhere = random.next();
  const quantity =
    intent === 'project'
      ? random.between(2, 7)
      : intent === 'quote'
        ? random.weighted([
            [1, 5],
            [2, 4],
            [3, 1],
            [5, 1],
          ] as const)
        : 1;
  const price = intent === 'spare' ? priceOf.SK! * random.between(1, 6) : (priceOf[product.slice(0, 2)] ?? 5_000) * quantity;
  const [median, sigma] = lagOf[intent];
  return {
    sequence,
    person: person.key,
    organization: person.organization.key,
    junk: null,
    intent,
    episode,
    logOdds: -3.1 + 0.75 * fitOf(person) + oddsOfIntent[intent] + quality,
    draw,
    amountMinor:
      Math.round((price * random.logNormal(0.9, 0.25) * Math.min(2.5, Math.max(0.7, person.organization.employees / 90) ** 0.2)) / 5) * 500,
    lagDays: Math.max(1, Math.round(random.logNormal(median, sigma))),
    buysSomewhere: somewhere < (intent === 'private' ? 0.2 : 0.47),
  };
}

/**
 * The probability that this person buys from us under this treatment. The odds fall by a fourth with every doubling of the
 * answering time beyond five minutes; persistence helps up to five contacts; without any contact only a few come by themselves.
 */
export function buyingProbability(truth: Pick<Truth, 'logOdds'>, treatment: Treatment): number {
  let odds = truth.logOdds + 0.55 * treatment.skill;
  if (treatment.hoursToContact === null) odds -= 2.6;
  else odds += Math.log2(Math.max(1 / 12, treatment.hoursToContact)) * -0.28 + 0.16 * (Math.min(5, treatment.contacts) - 1);
  return 1 / (1 + Math.exp(-odds));
}

export const buys = (truth: Pick<Truth, 'logOdds' | 'draw' | 'junk'>, treatment: Treatment): boolean =>
  truth.junk === null && truth.draw < buyingProbability(truth, treatment);
