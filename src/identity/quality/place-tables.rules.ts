/**
 * The shape of a postcode by country, without blanks and dashes, in capitals: the Unicode CLDR's postal code patterns (public, withdrawn from it
 * in version 27 as too large to keep there; the Universal Postal Union's country pages say the same). Countries that have none are left out.
 */
const shapes: Record<string, string> = {
  AD: 'AD\\d{3}', AR: '([A-Z]\\d{4}[A-Z]{3}|\\d{4})', AT: '[1-9]\\d{3}', AU: '\\d{4}', BE: '[1-9]\\d{3}', BG: '[1-9]\\d{3}', BR: '\\d{8}', BY: '\\d{6}',
  CA: '[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z]\\d[ABCEGHJ-NPRSTV-Z]\\d', CH: '[1-9]\\d{3}', CL: '\\d{7}', CN: '\\d{6}', CO: '\\d{6}', CY: '\\d{4}', CZ: '[1-7]\\d{4}',
  DE: '(0[1-9]|[1-9]\\d)\\d{3}', DK: '\\d{4}', EE: '\\d{5}', EG: '\\d{5}', ES: '(0[1-9]|[1-4]\\d|5[0-2])\\d{3}', FI: '\\d{5}', FR: '(0[1-9]|[1-8]\\d|9[0-8])\\d{3}',
  GB: '(GIR0AA|[A-PR-UWYZ]([A-HK-Y]?\\d([A-Z]|\\d)?)\\d[ABD-HJLNP-UW-Z]{2})', GR: '[1-8]\\d{4}', HR: '[1-5]\\d{4}', HU: '[1-9]\\d{3}', ID: '\\d{5}',
  IE: '[AC-FHKNPRTV-Y](\\d\\d|6W)[0-9AC-FHKNPRTV-Y]{4}', IL: '\\d{5}(\\d{2})?', IN: '[1-9]\\d{5}', IS: '\\d{3}', IT: '\\d{5}', JP: '\\d{7}', KR: '\\d{5}', KZ: '\\d{6}',
  LI: '94(8[5-9]|9[0-8])', LT: '\\d{5}', LU: '[1-9]\\d{3}', LV: '\\d{4}', MC: '980\\d{2}', MK: '\\d{4}', MT: '[A-Z]{3}\\d{2,4}', MX: '\\d{5}', MY: '\\d{5}', NL: '[1-9]\\d{3}[A-Z]{2}',
  NO: '\\d{4}', NZ: '\\d{4}', PH: '\\d{4}', PL: '\\d{5}', PR: '00[679]\\d{2}', PT: '\\d{4}(\\d{3})?', RO: '\\d{6}', RS: '\\d{5,6}', RU: '[1-6]\\d{5}', SA: '\\d{5}', SE: '[1-9]\\d{4}',
  SG: '\\d{6}', SI: '\\d{4}', SK: '[089]\\d{4}', SM: '4789\\d', TH: '\\d{5}', TN: '\\d{4}', TR: '\\d{5}', TW: '\\d{3}(\\d{2,3})?', UA: '\\d{5}', US: '\\d{5}(\\d{4})?', VN: '\\d{5,6}', ZA: '\\d{4}',
};
const compiled = new Map(Object.entries(shapes).map(([country, shape]) => [country, new RegExp(`^(?:${shape})$`)]));

/** Whether a postcode can be one of that country; undefined where the country has none, or none that we know. */
export const hasShape = (code: string, country: string): boolean | undefined => compiled.get(country)?.test(code);

/**
 * Which states begin how. US: the three-digit prefixes of the Postal Service's list L002; BR: the ranges of the Correios; AU: Australia Post's;
 * CA: the first letter of Canada Post's forward sortation areas. `state=from-to,from-to`, in the digits that decide.
 */
const ranges: Record<string, { digits: number; of: string }> = {
  US: {
    digits: 3,
    of: `AL=350-369;AK=995-999;AZ=850-865;AR=716-729;CA=900-961;CO=800-816;CT=060-069;DE=197-199;DC=200-200,202-205,569-569;FL=320-339,341-349;GA=300-319,398-399;HI=967-968;
ID=832-838;IL=600-629;IN=460-479;IA=500-528;KS=660-679;KY=400-427;LA=700-715;ME=039-049;MD=206-219;MA=010-027,055-055;MI=480-499;MN=550-567;MS=386-397;MO=630-658;MT=590-599;NE=680-693;
NV=889-898;NH=030-038;NJ=070-089;NM=870-884;NY=005-005,063-063,100-149;NC=270-289;ND=580-588;OH=430-459;OK=730-732,734-749;OR=970-979;PA=150-196;PR=006-007,009-009;RI=028-029;SC=290-299;SD=570-577;
TN=370-385;TX=733-733,750-799,885-885;UT=840-847;VT=050-054,056-059;VA=201-201,220-246;WA=980-994;WV=247-268;WI=530-549;WY=820-831,834-834;GU=969-969;VI=008-008`,
  },
  AU: {
    digits: 4,
    of: `ACT=0200-0299,2600-2620,2900-2920;NT=0800-0999;NSW=1000-2611,2617-2914,2921-2999;VIC=3000-3999,8000-8999;QLD=4000-4999,9000-9999;SA=5000-5999;WA=6000-6999;TAS=7000-7999`,
  },
  BR: {
    digits: 5,
    of: `SP=01000-19999;RJ=20000-28999;ES=29000-29999;MG=30000-39999;BA=40000-48999;SE=49000-49999;PE=50000-56999;AL=57000-57999;PB=58000-58999;RN=59000-59999;CE=60000-63999;PI=64000-64999;
MA=65000-65999;PA=66000-68899;AP=68900-68999;AM=69000-69299,69400-69899;RR=69300-69399;AC=69900-69999;DF=70000-72799,73000-73699;GO=72800-72999,73700-76799;RO=76800-76999;TO=77000-77999;MT=78000-78899;
MS=79000-79999;PR=80000-87999;SC=88000-89999;RS=90000-99999`,
  },
};
const provinces: Record<string, string> = {
  A: 'NL', B: 'NS', C: 'PE', E: 'NB', G: 'QC', H: 'QC', J: 'QC', K: 'ON', L: 'ON', M: 'ON', N: 'ON', P: 'ON', R: 'MB', S: 'SK', T: 'AB', V: 'BC', X: 'NT NU', Y: 'YT',
};

const tables = new Map(
  Object.entries(ranges).map(([country, { digits, of }]) => [
    country,
    {
      digits,
      spans: of.split(';').flatMap((entry) => {
        const [state = '', list = ''] = entry.trim().split('=');
        return list.split(',').map((span) => {
          const [from, to] = span.split('-').map(Number) as [number, number];
          return { state, from, to };
        });
      }),
    },
  ]),
);

/** The states a postcode may lie in (their usual codes); none where the country's postcodes say nothing of its states, or this one nothing we know. */
export function statesOf(code: string, country: string): string[] {
  if (country === 'CA') return provinces[code[0] ?? '']?.split(' ') ?? [];
  const table = tables.get(country);
  if (!table) return [];
  const lead = Number(code.slice(0, table.digits));
  return table.spans.filter(({ from, to }) => lead >= from && lead <= to).map(({ state }) => state);
}
