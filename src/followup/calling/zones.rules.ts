/**
 * What time it may be where somebody lives. A country of several zones counts with all of them unless the state says which, so that nobody
 * is called outside the hours, wherever in it they are.
 */

const east = 'America/New_York';
const middle = 'America/Chicago';
const mountain = 'America/Denver';
const west = 'America/Los_Angeles';
const both = (...zones: string[]): string[] => zones;
/** By state, where a country has several zones; a state that lies in two has both. */
const byState: Record<string, Record<string, string[]>> = {
  US: {
    ...of('CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV', east),
    ...of('AL AR IL IA LA MN MS MO OK WI', middle),
    ...of('CO MT NM UT WY', mountain),
    ...of('CA NV WA', west),
    ...of('FL IN KY MI TN', east, middle),
    ...of('KS NE ND SD TX', middle, mountain),
    ...of('ID OR', mountain, west),
    AZ: both('America/Phoenix', mountain),
    AK: both('America/Anchorage', 'America/Adak'),
    HI: both('Pacific/Honolulu'),
    PR: both('America/Puerto_Rico'),
  },
  CA: {
    ...of('ON', 'America/Toronto', 'America/Winnipeg'),
    ...of('QC', 'America/Toronto', 'America/Halifax'),
    ...of('NB NS PE', 'America/Halifax'),
    NL: both('America/St_Johns', 'America/Halifax'),
    MB: both('America/Winnipeg'),
    SK: both('America/Regina', 'America/Edmonton'),
    AB: both('America/Edmonton'),
    BC: both('America/Vancouver', 'America/Edmonton'),
  },
  AU: {
    ...of('NSW', 'Australia/Sydney', 'Australia/Adelaide'),
    ...of('VIC ACT TAS', 'Australia/Sydney'),
    QLD: both('Australia/Brisbane'),
    SA: both('Australia/Adelaide'),
    NT: both('Australia/Darwin'),
    WA: both('Australia/Perth'),
  },
};
function of(states: string, ...zones: string[]): Record<string, string[]> {
  return Object.fromEntries(states.split(' ').map((state) => [state, zones]));
}

const byCountry = new Map<string, string[]>();

/** Every zone in which they may be; where nothing is known of them, the company's own. */
export function zonesOf(country: string | null, state: string | null, home: string): string[] {
  if (!country || !/^[A-Z]{2}$/.test(country)) return [home];
  const known = state ? byState[country]?.[state.toUpperCase()] : undefined;
  if (known) return known;
  let zones = byCountry.get(country);
  if (!zones) {
    zones = new Intl.Locale('und', { region: country }).getTimeZones?.() ?? [];
    byCountry.set(country, zones);
  }
  return zones.length > 0 ? zones : [home];
}

const formatters = new Map<string, Intl.DateTimeFormat>();
export interface LocalTime {
  /** 0 to 23 */
  hour: number;
  /** 2026-03-02 */
  day: string;
}
export function localTime(zone: string, at: Date): LocalTime {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(zone, formatter);
  }
  const parts = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  return { hour: Number(parts['hour']), day: `${parts['year']}-${parts['month']}-${parts['day']}` };
}
