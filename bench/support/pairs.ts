/** how many pairs share a key */
export function pairsOf(keys: ArrayLike<string | number>): number {
  const sizes = new Map<string | number, number>();
  for (let at = 0; at < keys.length; at++) sizes.set(keys[at]!, (sizes.get(keys[at]!) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}
