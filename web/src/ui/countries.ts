import { useMemo } from 'react';
import { useSession } from '../api/session.ts';
import type { Choice } from '../api/options.ts';

/** ISO 3166 alpha-2 codes in use; the names come from the browser, in the company's language. */
const codes =
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GI GL GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KM KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PS PT PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TW TZ UA UG US UY UZ VA VC VE VN VU WS XK YE ZA ZM ZW'.split(
    ' ',
  );

export interface Countries {
  options: Choice[];
  name: (code: string) => string | undefined;
}

export function useCountries(): Countries {
  const { locale } = useSession().workspace;
  return useMemo(() => {
    const names = new Intl.DisplayNames([locale || 'en'], { type: 'region' });
    const name = (code: string) => {
      try {
        return names.of(code);
      } catch {
        return undefined;
      }
    };
    const options = codes.map((value) => ({ value, label: name(value) ?? value })).sort((a, b) => a.label.localeCompare(b.label));
    return { options, name };
  }, [locale]);
}
