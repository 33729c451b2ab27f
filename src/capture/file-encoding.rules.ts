import jschardet from 'jschardet';

export interface FoundEncoding {
  /** A label TextDecoder understands. */
  label: string;
  sentence: string;
}

/** Finds the encoding of a text file from its beginning (`sample`) and from whether the whole of it is valid UTF-8. */
export function findEncoding(sample: Uint8Array, validUtf8: boolean): FoundEncoding {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) {
    return validUtf8 ? { label: 'utf-8', sentence: 'The file is UTF-8 and says so.' } : mostlyUtf8(sample) ?? { label: 'windows-1252', sentence: 'The file claims UTF-8 but is not; it was read as Western European (windows-1252).' };
  }
  if (sample[0] === 0xff && sample[1] === 0xfe) return { label: 'utf-16le', sentence: 'The file is UTF-16, as spreadsheets save “Unicode text”.' };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { label: 'utf-16be', sentence: 'The file is UTF-16 (big-endian).' };
  const zeros = zerosAt(sample);
  if (zeros.odd > 0.3 && zeros.even < 0.05) return { label: 'utf-16le', sentence: 'The file is UTF-16 without a mark.' };
  if (zeros.even > 0.3 && zeros.odd < 0.05) return { label: 'utf-16be', sentence: 'The file is UTF-16 (big-endian) without a mark.' };
  if (validUtf8) return { label: 'utf-8', sentence: sample.every((byte) => byte < 128) ? 'The file is plain text (UTF-8).' : 'The file is UTF-8.' };
  return mostlyUtf8(sample) ?? eightBit(sample);
}

function zerosAt(sample: Uint8Array): { odd: number; even: number } {
  let odd = 0;
  let even = 0;
  const length = Math.min(sample.length, 4000);
  for (let i = 0; i < length; i++) {
    if (sample[i] !== 0) continue;
    if (i % 2) odd++;
    else even++;
  }
  return { odd: odd / (length / 2 || 1), even: even / (length / 2 || 1) };
}

/** UTF-8 with a few damaged bytes (cut exports, joined files) is still UTF-8. */
function mostlyUtf8(sample: Uint8Array): FoundEncoding | undefined {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < sample.length; ) {
    const byte = sample[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const size = byte >= 0xc2 && byte <= 0xdf ? 2 : byte >= 0xe0 && byte <= 0xef ? 3 : byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
    let ok = size > 0;
    for (let k = 1; ok && k < size; k++) ok = i + k >= sample.length || (sample[i + k]! & 0xc0) === 0x80;
    if (ok) good++;
    else bad++;
    i += ok ? size : 1;
  }
  if (good < 5 || bad > good / 10) return undefined;
  return { label: 'utf-8', sentence: `The file is UTF-8 with a few damaged characters${bad ? ` (${bad} in its beginning)` : ''}; they show as “\uFFFD”.` };
}

const FAMILIES: Record<string, [string, string]> = {
  SHIFT_JIS: ['shift_jis', 'Japanese (Shift JIS)'],
  'EUC-JP': ['euc-jp', 'Japanese (EUC)'],
  'ISO-2022-JP': ['iso-2022-jp', 'Japanese (ISO 2022)'],
  GB2312: ['gb18030', 'Chinese (GB 18030)'],
  GB18030: ['gb18030', 'Chinese (GB 18030)'],
  BIG5: ['big5', 'Chinese (Big5)'],
  'EUC-KR': ['euc-kr', 'Korean'],
  'WINDOWS-1251': ['windows-1251', 'Cyrillic (windows-1251)'],
  'KOI8-R': ['koi8-r', 'Cyrillic (KOI8-R)'],
  'ISO-8859-5': ['iso-8859-5', 'Cyrillic (ISO 8859-5)'],
  IBM866: ['ibm866', 'Cyrillic (DOS)'],
  MACCYRILLIC: ['x-mac-cyrillic', 'Cyrillic (Macintosh)'],
  'WINDOWS-1253': ['windows-1253', 'Greek (windows-1253)'],
  'ISO-8859-7': ['iso-8859-7', 'Greek (ISO 8859-7)'],
  'WINDOWS-1255': ['windows-1255', 'Hebrew (windows-1255)'],
  'ISO-8859-8': ['iso-8859-8', 'Hebrew (ISO 8859-8)'],
};

function eightBit(sample: Uint8Array): FoundEncoding {
  const western: FoundEncoding = { label: 'windows-1252', sentence: 'The file is not UTF-8; it was read as Western European (windows-1252).' };
  // Only lines with bytes above ASCII say anything; a detector given the rest guesses.
  const telling: number[] = [];
  let high = 0;
  for (let i = 0, start = 0; i <= sample.length && telling.length < 60_000; i++) {
    if (i < sample.length && sample[i] !== 10) continue;
    let found = 0;
    for (let k = start; k < i; k++) if (sample[k]! > 127) found++;
    if (found) {
      for (let k = start; k <= i && k < sample.length; k++) telling.push(sample[k]!);
      high += found;
    }
    start = i + 1;
  }
  if (high === 0) return western;
  // Old Macintosh text: its umlauts and accents lie where windows-1252 has invisible control characters or odd signs.
  const macs = count(telling, (byte) => [0x8a, 0x9a, 0x9f, 0x80, 0x85, 0x86, 0xa7, 0x8e, 0x8f].includes(byte));
  const letters = count(telling, (byte) => byte >= 0xc0);
  if (high >= 3 && macs >= high * 0.7 && letters < high * 0.1 && count(telling, (byte) => byte === 0xa7) < high * 0.5) {
    return { label: 'macintosh', sentence: 'The file was written on an old Macintosh and was read so.' };
  }
  const guess = jschardet.detect(Buffer.from(telling));
  const family = FAMILIES[(guess.encoding ?? '').toUpperCase()];
  // Scripts other than Latin fill their words with high bytes; a few accents never justify leaving Western European.
  const share = high / telling.length;
  if (family && (share > 0.3 ? guess.confidence >= 0.15 : guess.confidence >= 0.8 && share > 0.12)) return { label: family[0], sentence: `The file looks ${family[1]} and was read so.` };
  if (centralEuropean(telling, high)) return { label: 'windows-1250', sentence: 'The file looks Central European (windows-1250) and was read so.' };
  return western;
}
const count = (bytes: readonly number[], test: (byte: number) => boolean): number => bytes.reduce((n, byte) => n + (test(byte) ? 1 : 0), 0);

/** Letters of Polish, Czech, Slovak and Hungarian whose bytes are rare signs in windows-1252 (¹ œ æ ³ Ÿ ž inside words). */
function centralEuropean(bytes: readonly number[], high: number): boolean {
  const letter = (byte: number | undefined) => byte !== undefined && ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90));
  let found = 0;
  bytes.forEach((byte, i) => {
    if ([0xb9, 0x9c, 0xb3, 0x9f, 0xbf, 0xea, 0xe6, 0x9e, 0xec, 0xf8, 0xe8, 0xf9, 0xef, 0xf2, 0xf5, 0xfb].includes(byte) && [0xb9, 0xb3, 0x9f, 0xbf].includes(byte) && letter(bytes[i - 1])) found++;
  });
  return found >= 2 && found >= high * 0.1;
}
