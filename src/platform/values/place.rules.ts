/** Whether a name is a time zone that dates can be told in, also an older one of its names (Asia/Calcutta). */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Whether a text names a language, perhaps of a place, in which numbers and dates can be written: en, de-CH; not en-US@posix. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
