/**
 * The most a pair can still come to, while only some of its fields have been looked at: a field that was not counts as the best it could
 * be short of equal. Once all are known it is what the pair comes to.
 */
import { mailLevelsBesideNames } from './coded.rules.ts';
import { isRarityTold, type Model } from './model.rules.ts';

/** stands for a level that is not known yet; that the two are not equal is */
export const open = 15;
/** levels a field has at most, `open` among them */
const stride = 16;

export interface Ceiling {
  /** bits at most, prior included, as far as `levels` are known */
  now(): number;
  /** by how much what was answered last changes when field f, open until now, is of this level */
  change(f: number, level: number): number;
}

/** Of pairs one after another, whose levels are written into `levels`, and into `rare` the bits that rarity adds where a field is equal. */
export function ceilingOf({ fields, priorBits }: Model, levels: Uint8Array, rare: Float64Array): Ceiling {
  const width = fields.length;
  const firsts = new Int32Array(width + 1);
  const parents = new Int32Array(width + 1);
  for (const [f, field] of fields.entries()) {
    firsts[f + 1] = firsts[f]! + field.bits.length * stride;
    parents[f + 1] = parents[f]! + field.parents.length;
  }
  // field by field and state by state what each level brings, and whether rarity adds to it
  const worth = new Float64Array(firsts[width]!);
  const told = new Uint8Array(firsts[width]!);
  for (const [f, field] of fields.entries())
    for (const [state, bits] of field.bits.entries()) {
      const at = firsts[f]! + state * stride;
      worth.set(bits, at);
      // bits fall from level to level
      worth[at + open] = bits[2]!;
      // beside the names a mailbox may come to say nothing
      if (field.kind === 'mail') for (const level of [open, ...mailLevelsBesideNames]) worth[at + level] = Math.max(0, worth[at + level]!);
      told[at + 1] = Number(state === 0 || isRarityTold(field, state));
    }
  const all = fields.flatMap((field, f) => field.parents.map((parent) => ({ f, ...parent })));
  const parentOf = Int32Array.from(all, ({ field }) => field);
  const agreesAt = Int32Array.from(all, ({ f, states }) => firsts[f]! + states * stride);
  const unlikeOf = Uint8Array.from(all, ({ field }) => fields[field]!.unlike);
  const own = new Float64Array(width);

  /** the best of the states the field may be in; the one of `stateOf` where its parents are known */
  function best(f: number, level: number): number {
    const first = firsts[f]!;
    let most = -Infinity;
    let state = first;
    for (let p = parents[f]!; p < parents[f + 1]!; p++) {
      const parent = levels[parentOf[p]!]!;
      if (parent === 0) continue;
      const agrees = agreesAt[p]!;
      if (parent < unlikeOf[p]!) {
        state = agrees;
        break;
      }
      if (parent === open) most = Math.max(most, told[agrees + level] === 1 ? worth[agrees + level]! + rare[f]! : worth[agrees + level]!);
      if (state === first) state = agrees + stride;
    }
    return Math.max(most, told[state + level] === 1 ? worth[state + level]! + rare[f]! : worth[state + level]!);
  }

  return {
    now(): number {
      let sum = priorBits;
      for (let f = 0; f < width; f++) {
        const level = levels[f]!;
        sum += own[f] = level === 0 ? 0 : best(f, level);
      }
      return sum;
    },
    change: (f, level) => best(f, level) - own[f]!,
  };
}
