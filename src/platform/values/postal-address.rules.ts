/**
 * Places as people write them, made comparable. Raw text is kept beside everything read here.
 *
 *   countryCode('Deutschland') → 'DE' · stateCode('California', 'US') → 'CA' · postcodeKey('sw1a 2aa', 'GB') → 'SW1A2AA'
 *   streetKey('Hauptstraße 12 a') === streetKey('Hauptstr. 12A')
 */
import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import cs from 'i18n-iso-countries/langs/cs.json' with { type: 'json' };
import da from 'i18n-iso-countries/langs/da.json' with { type: 'json' };
import de from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import el from 'i18n-iso-countries/langs/el.json' with { type: 'json' };
import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import es from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import fi from 'i18n-iso-countries/langs/fi.json' with { type: 'json' };
import fr from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import hu from 'i18n-iso-countries/langs/hu.json' with { type: 'json' };
import it from 'i18n-iso-countries/langs/it.json' with { type: 'json' };
import nb from 'i18n-iso-countries/langs/nb.json' with { type: 'json' };
import nl from 'i18n-iso-countries/langs/nl.json' with { type: 'json' };
import pl from 'i18n-iso-countries/langs/pl.json' with { type: 'json' };
import pt from 'i18n-iso-countries/langs/pt.json' with { type: 'json' };
import ro from 'i18n-iso-countries/langs/ro.json' with { type: 'json' };
import ru from 'i18n-iso-countries/langs/ru.json' with { type: 'json' };
import sv from 'i18n-iso-countries/langs/sv.json' with { type: 'json' };
import tr from 'i18n-iso-countries/langs/tr.json' with { type: 'json' };
import { fold } from './fold.rules.ts';
import { remembering } from './remember.rules.ts';

// the packages' own entry would load eighty languages; these are the ones our users' files come in
const languages: { countries: Record<string, string | string[]> }[] = [
  en,
  de,
  fr,
  es,
  it,
  pt,
  nl,
  sv,
  da,
  nb,
  fi,
  pl,
  cs,
  hu,
  tr,
  ru,
  ro,
  el,
];
/** what the lists of country names lack: `code=name|name;…` */
const variants = `
US=usa|u s a|u s|us|america|united states america|the united states|estadosunidos|eeuu|etatsunis;
GB=uk|u k|england|scotland|wales|great britain|britain|northern ireland|grossbritannien|gran bretana|united kingdom gb;
NL=holland|the netherlands|netherland|pays bas;BR=brasil;DE=brd|germany|federal republic of germany|allemagne;
KR=korea|south korea|republic of korea|korea republic of|korea south;KP=north korea;TW=taiwan|taiwan r o c;
VN=vietnam|viet nam;RU=russia|russian federation;CZ=czechia|czech republic|tschechien;SK=slovakia;MK=macedonia;MD=moldova;
BO=bolivia;VE=venezuela;IR=iran;SY=syria;AE=uae|u a e|emirates|dubai;SA=ksa;HK=hong kong|hongkong;MO=macau;
CN=p r china|prc|peoples republic of china|mainland china;TR=turkey|turkiye;IE=republic of ireland|eire;
CI=ivory coast|cote divoire;CG=congo;CD=drc;TZ=tanzania;LA=laos;BN=brunei;XK=kosovo;PS=palestine;
CH=swiss|suisse|schweiz|svizzera;AT=osterreich|oesterreich;ES=espana;IT=italia;SE=sverige;DK=danmark;NO=norge;FI=suomi;
PL=polska;BE=belgique|belgie|belgien`;

let byName: Map<string, string> | undefined;

function names(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  for (const locale of languages) {
    for (const [code, name] of Object.entries(locale.countries)) {
      for (const one of typeof name === 'string' ? [name] : name) if (!byName.has(fold(one))) byName.set(fold(one), code);
    }
  }
  for (const [two = '', three = ''] of codes) {
    byName.set(two.toLowerCase(), two);
    byName.set(three.toLowerCase(), two);
  }
  for (const entry of variants.split(';')) {
    const [code = '', list = ''] = entry.trim().split('=');
    for (const name of list.split('|')) byName.set(name, code);
  }
  return byName;
}

/** ISO 3166 alpha-2, from a code of two or three letters or a name in eighteen languages */
export function countryCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw !== '' ? countryNamed(raw) : undefined;
}
const countryNamed = remembering(20_000, (raw) => {
  const key = fold(raw);
  return names().get(key) ?? names().get(key.replace(/^the /, '')) ?? names().get(key.replace(/ /g, ''));
});

const states: Record<string, string> = {
  US: 'alabama AL,alaska AK,arizona AZ,arkansas AR,california CA,colorado CO,connecticut CT,delaware DE,district of columbia DC,washington dc DC,florida FL,georgia GA,hawaii HI,idaho ID,illinois IL,indiana IN,iowa IA,kansas KS,kentucky KY,louisiana LA,maine ME,maryland MD,massachusetts MA,michigan MI,minnesota MN,mississippi MS,missouri MO,montana MT,nebraska NE,nevada NV,new hampshire NH,new jersey NJ,new mexico NM,new york NY,north carolina NC,north dakota ND,ohio OH,oklahoma OK,oregon OR,pennsylvania PA,rhode island RI,south carolina SC,south dakota SD,tennessee TN,texas TX,utah UT,vermont VT,virginia VA,washington WA,west virginia WV,wisconsin WI,wyoming WY,puerto rico PR,calif CA,mass MA,penn PA,fla FL,tex TX',
  CA: 'alberta AB,british columbia BC,manitoba MB,new brunswick NB,newfoundland and labrador NL,newfoundland NL,nova scotia NS,ontario ON,prince edward island PE,quebec QC,saskatchewan SK,northwest territories NT,nunavut NU,yukon YT',
  AU: 'new south wales NSW,victoria VIC,queensland QLD,south australia SA,western australia WA,tasmania TAS,northern territory NT,australian capital territory ACT',
  DE: 'baden wurttemberg BW,bayern BY,bavaria BY,berlin BE,brandenburg BB,bremen HB,hamburg HH,hessen HE,hesse HE,mecklenburg vorpommern MV,niedersachsen NI,lower saxony NI,nordrhein westfalen NW,north rhine westphalia NW,nrw NW,rheinland pfalz RP,saarland SL,sachsen SN,saxony SN,sachsen anhalt ST,schleswig holstein SH,thuringen TH,thuringia TH',
  BR: 'acre AC,alagoas AL,amapa AP,amazonas AM,bahia BA,ceara CE,distrito federal DF,espirito santo ES,goias GO,maranhao MA,mato grosso MT,mato grosso do sul MS,minas gerais MG,para PA,paraiba PB,parana PR,pernambuco PE,piaui PI,rio de janeiro RJ,rio grande do norte RN,rio grande do sul RS,rondonia RO,roraima RR,santa catarina SC,sao paulo SP,sergipe SE,tocantins TO',
};
const stateNames = new Map<string, Map<string, string>>();
for (const [country, list] of Object.entries(states)) {
  const map = new Map<string, string>();
  for (const entry of list.split(',')) {
    const cut = entry.lastIndexOf(' ');
    map.set(entry.slice(0, cut), entry.slice(cut + 1));
  }
  for (const code of new Set(map.values())) map.set(code.toLowerCase(), code);
  stateNames.set(country, map);
}

/** the state's usual code where we know it, else the name tidied */
export function stateCode(raw: unknown, country?: string | null): string | undefined {
  if (typeof raw !== 'string' || raw.trim() === '') return undefined;
  const key = fold(raw.replace(/^[A-Z]{2}-/, ''));
  const found = stateNames.get(country ?? 'US')?.get(key);
  if (found) return found;
  return key.length <= 3 ? key.toUpperCase() : raw.trim().slice(0, 80);
}

/** a state that only one country has, when the country was left out: 'California', 'TX' with a five-digit ZIP */
export function countryOfState(state: unknown, postcode: unknown): string | undefined {
  if (typeof state !== 'string') return undefined;
  const key = fold(state);
  const zip = typeof postcode === 'string' ? postcode.trim() : '';
  if (/^\d{5}(-\d{4})?$/.test(zip) && stateNames.get('US')?.has(key)) return 'US';
  if (/^[a-z]\d[a-z] ?\d[a-z]\d$/i.test(zip) && stateNames.get('CA')?.has(key)) return 'CA';
  return key.length > 3 && stateNames.get('US')?.has(key) && key !== 'georgia' ? 'US' : undefined;
}

export function postcodeKey(raw: unknown, country?: string | null): string | undefined {
  if (typeof raw === 'number') raw = String(raw);
  if (typeof raw !== 'string') return undefined;
  let code = raw.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (code === '' || code.length > 12) return undefined;
  if (country && code.startsWith(country) && /^\d/.test(code.slice(2))) code = code.slice(2);
  else if (/^[A-Z]\d{4,5}$/.test(code) && 'DFAIB'.includes(code[0] ?? '-') && country && country !== 'AR') code = code.slice(1);
  if ((country === 'US' || country === 'PR') && /^\d{9}$/.test(code)) return code.slice(0, 5);
  // spreadsheets eat leading zeros
  if ((country === 'US' || country === 'DE' || country === 'FR' || country === 'IT' || country === 'ES') && /^\d{4}$/.test(code))
    return `0${code}`;
  return code;
}

const abbreviations = new Map<string, string>();
for (const entry of `
st=street str strasse straat;ave=avenue av avenida;rd=road;dr=drive;blvd=boulevard bd;ln=lane;ct=court;pl=place platz plz;
sq=square;hwy=highway;pkwy=parkway;cir=circle;ste=suite unit;apt=apartment;bldg=building;n=north;s=south;e=east;w=west;
ne=northeast;nw=northwest;se=southeast;sw=southwest;c=calle;r=rua rue;v=via;vle=viale;=number no nr;fl=floor;1st=first;
2nd=second;3rd=third;4th=fourth;5th=fifth`.split(';')) {
  const [short = '', list = ''] = entry.trim().split('=');
  for (const word of list.split(' ')) abbreviations.set(word, short);
}

export function streetKey(raw: unknown): string {
  if (typeof raw !== 'string') return '';
  return fold(raw)
    .replace(/(\d)(?=[a-z])/g, '$1 ')
    .replace(/(\p{L})(strasse|str)\b/gu, '$1 st')
    .replace(/(\d) (st|nd|rd|th)\b/g, '$1$2')
    .split(' ')
    .map((word) => abbreviations.get(word) ?? word)
    .filter(Boolean)
    .join(' ');
}

export function cityKey(raw: unknown): string {
  if (typeof raw !== 'string') return '';
  return fold(raw)
    .replace(/\bsaint\b/g, 'st')
    .replace(/\b(?:city|stadt|am main|a m)\b$/g, '')
    .replace(/ \d+$/, '')
    .trim();
}
