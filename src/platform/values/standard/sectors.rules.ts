/**
 * Branches of business as NAICS 2022 has them at two digits (31 stands for 31–33, 44 for 44–45, 48 for 48–49): a common ground that the codes of
 * others lead to. By the classifications of the US Census Bureau (NAICS, SIC 1987) and Eurostat (NACE Rev. 2, of which the German WZ 2008 is one).
 */
export const sectors = {
  '11': 'Agriculture, forestry, fishing',
  '21': 'Mining, oil and gas',
  '22': 'Utilities: energy and water',
  '23': 'Construction',
  '31': 'Manufacturing',
  '42': 'Wholesale',
  '44': 'Retail',
  '48': 'Transport and warehousing',
  '51': 'Information, software, media',
  '52': 'Finance and insurance',
  '53': 'Real estate and rental',
  '54': 'Professional and technical services',
  '55': 'Holding companies',
  '56': 'Business support and waste',
  '61': 'Education',
  '62': 'Health care and social work',
  '71': 'Arts, sports and recreation',
  '72': 'Hotels and restaurants',
  '81': 'Other services',
  '92': 'Public administration',
} as const;
export type Sector = keyof typeof sectors;
export const sectorCodes = Object.keys(sectors) as Sector[];
export const isSector = (code: string): code is Sector => Object.hasOwn(sectors, code);

const naicsGroups: Record<string, Sector> = { '32': '31', '33': '31', '45': '44', '49': '48' };

/** From a NAICS code of two digits or more. */
export function sectorOfNaics(code: string): Sector | undefined {
  const two = code.slice(0, 2);
  const sector = naicsGroups[two] ?? two;
  return isSector(sector) ? sector : undefined;
}

type Ranges = readonly (readonly [from: number, to: number, Sector])[];
const among = (ranges: Ranges, n: number): Sector | undefined => ranges.find(([from, to]) => n >= from && n <= to)?.[2];

/** First exceptions by four digits, then major groups by two. */
const sicFour: Ranges = [[7372, 7372, '51'], [4950, 4959, '56'], [4810, 4899, '51'], [2710, 2749, '51'], [5810, 5819, '72'], [6710, 6719, '55'], [7370, 7379, '54'], [8710, 8749, '54'], [7350, 7359, '53'], [7510, 7519, '53'], [7810, 7829, '51'], [8110, 8119, '54'], [7310, 7319, '54']];
const sicTwo: Ranges = [[1, 9, '11'], [10, 14, '21'], [15, 17, '23'], [20, 39, '31'], [40, 47, '48'], [48, 48, '51'], [49, 49, '22'], [50, 51, '42'], [52, 59, '44'], [60, 64, '52'], [65, 65, '53'], [67, 67, '52'], [70, 70, '72'], [72, 72, '81'], [73, 73, '56'],
  [75, 76, '81'], [78, 79, '71'], [80, 80, '62'], [81, 81, '54'], [82, 82, '61'], [83, 83, '62'], [84, 84, '71'], [86, 86, '81'], [87, 87, '54'], [88, 88, '81'], [91, 97, '92']];

/** From a SIC code (1987) of two digits or more. */
export function sectorOfSic(code: string): Sector | undefined {
  const four = code.length >= 4 ? among(sicFour, Number(code.slice(0, 4))) : undefined;
  return four ?? among(sicTwo, Number(code.slice(0, 2)));
}

const naceLetters: Record<string, Sector> = { a: '11', b: '21', c: '31', d: '22', e: '22', f: '23', h: '48', i: '72', j: '51', k: '52', l: '53', m: '54', n: '56', o: '92', p: '61', q: '62', r: '71', s: '81', t: '81', u: '92' };
const naceDivisions: Ranges = [[1, 3, '11'], [5, 9, '21'], [10, 33, '31'], [35, 37, '22'], [38, 39, '56'], [41, 43, '23'], [45, 45, '44'], [46, 46, '42'], [47, 47, '44'], [49, 53, '48'], [55, 56, '72'], [58, 63, '51'], [64, 66, '52'], [68, 68, '53'], [69, 75, '54'], [77, 77, '53'],
  [78, 82, '56'], [84, 84, '92'], [85, 85, '61'], [86, 88, '62'], [90, 93, '71'], [94, 98, '81'], [99, 99, '92']];

/** From a NACE (Rev. 2) or WZ (2008) code: a division with what follows it, or the letter of a section. */
export function sectorOfNace(code: string): Sector | undefined {
  const [, letter, digits] = /^([a-u])?\s?(\d{2})?/i.exec(code.trim()) ?? [];
  return (digits === undefined ? undefined : among(naceDivisions, Number(digits))) ?? (letter === undefined ? undefined : naceLetters[letter.toLowerCase()]);
}
