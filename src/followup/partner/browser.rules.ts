/** A browser as somebody would name it: 'Chrome on Android'; undefined for what says nothing of itself. */
export function browserName(agent: string | undefined): string | undefined {
  if (!agent) return undefined;
  const find = (all: readonly (readonly [RegExp, string])[]): string | undefined => all.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  return browser && system ? `${browser} on ${system}` : (browser ?? undefined);
}
// Most browsers name those they resemble, too: the particular ones first.
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/AppleWebKit\//, 'a mail program'],
] as const;
const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
] as const;

/** Whether a holder had answered from here before. `other`: it had, and never from here: the mail was opened elsewhere, or handed on. */
export type Known = 'first' | 'known' | 'other';
export function knownFrom(before: { any: boolean; here: boolean }): Known {
  return before.here ? 'known' : before.any ? 'other' : 'first';
}
