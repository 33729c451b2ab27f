import type { Touch } from './inquiry.contract.ts';

const CAMPAIGN: Record<string, keyof Touch> = {
  utm_source: 'source', utm_medium: 'medium', utm_campaign: 'campaign', utm_term: 'term', utm_content: 'content', utm_id: 'campaignId',
};
/** Identifiers that ad networks add to links; a verdict can be reported back under them. */
export const CLICK_IDS = ['gclid', 'gbraid', 'wbraid', 'dclid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid'] as const;
const OTHER = ['utm_source_platform', 'utm_creative_format', 'utm_marketing_tactic'];
const ALL = [...Object.keys(CAMPAIGN), ...CLICK_IDS, ...OTHER];

const clip = (text: string, length: number): string => text.trim().slice(0, length);

/**
 * Reads where somebody came from out of loose parameters, a landing address and a referrer. The raw words stay; beside them stands the
 * lower-cased form that counts "Google" and "google" as one.
 */
export function readTouch(given: { parameters?: Record<string, unknown>; url?: unknown; referrer?: unknown; at?: unknown }): Touch | null {
  const raw: Record<string, string> = {};
  const url = typeof given.url === 'string' ? clip(given.url, 2000) : '';
  const mark = url.indexOf('?');
  if (mark !== -1) {
    for (const [key, value] of new URLSearchParams(url.slice(mark + 1).split('#')[0])) if (ALL.includes(key.toLowerCase()) && value) raw[key.toLowerCase()] = clip(value, 500);
  }
  if (given.parameters) {
    for (const [key, value] of Object.entries(given.parameters)) {
      if (typeof value !== 'string' || value.trim() === '') continue;
      const name = key.toLowerCase();
      const known = ALL.find((word) => word === name || word.replaceAll('_', '') === name);
      if (known) raw[known] = clip(value, 500);
    }
  }
  const touch: Touch = {};
  if (url) touch.url = url;
  if (typeof given.referrer === 'string' && given.referrer.trim()) touch.referrer = clip(given.referrer, 2000);
  if (typeof given.at === 'string' && given.at && !Number.isNaN(Date.parse(given.at))) touch.at = new Date(given.at).toISOString();
  for (const [name, field] of Object.entries(CAMPAIGN)) {
    const value = raw[name];
    if (value) (touch as Record<string, unknown>)[field] = field === 'campaignId' ? value : value.toLowerCase();
  }
  const click = CLICK_IDS.find((name) => raw[name]);
  if (click) [touch.clickId, touch.clickIdKind] = [raw[click]!, click];
  if (Object.keys(raw).length > 0) touch.raw = raw;
  return Object.keys(touch).length > (touch.at ? 1 : 0) ? touch : null;
}
