/**
 * `make`, which remembers what it made of so many texts: the same names, companies and places come again and again. Beyond that it forgets
 * everything, rather than keep an order of use. What it makes must not be changed by whoever gets it.
 */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const before = made.get(text);
    if (before !== undefined || made.has(text)) return before as T;
    const now = make(text);
    if (made.size >= most) made.clear();
    made.set(text, now);
    return now;
  };
}
