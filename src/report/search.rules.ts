/**
 * What somebody typed, as a prefix search over a lead's words: every word must begin some word of the lead.
 *
 *   searchWords('mart pump@x')  → "mart:* & pump:* & x:*"
 */
export function searchWords(text: string): string | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  // A telephone number is kept as one run of digits, so digits typed apart belong together.
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (last !== undefined && /^\d+$/.test(last) && /^\d+$/.test(word)) joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined.length > 0
    ? joined
        .slice(0, 8)
        .map((word) => `${word}:*`)
        .join(' & ')
    : undefined;
}
