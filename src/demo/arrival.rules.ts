import type { GeneratedTouch } from './fields.rules.ts';
import type { GeneratedInquiry } from './world.rules.ts';

/** Fields and touches as capture takes them: texts, without blanks. */
export interface ToldInquiry {
  fields: Record<string, string | boolean>;
  firstTouch: Record<string, unknown> | null;
  lastTouch: Record<string, unknown> | null;
}

/** An inquiry of the generated world in the words of the door. */
export function tellInquiry(inquiry: GeneratedInquiry): ToldInquiry {
  const fields: ToldInquiry['fields'] = {};
  for (const [name, value] of Object.entries(inquiry.fields)) {
    if (value === undefined || value === '') continue;
    if (name === 'doNotContact') fields[name] = value as boolean;
    else if (name === 'consent') fields[name] = value ? 'yes' : 'no';
    else fields[name] = String(value);
  }
  return { fields, firstTouch: touchOf(inquiry.firstTouch), lastTouch: touchOf(inquiry.lastTouch) };
}

function touchOf(touch: GeneratedTouch | null): Record<string, unknown> | null {
  if (!touch) return null;
  const raw: Record<string, string> = {};
  if (touch.source) raw.utm_source = touch.source;
  if (touch.medium) raw.utm_medium = touch.medium;
  if (touch.campaign) raw.utm_campaign = touch.campaign;
  if (touch.term) raw.utm_term = touch.term;
  if (touch.gclid) raw.gclid = touch.gclid;
  return {
    at: touch.at.toISOString(),
    ...(touch.landingPage ? { url: touch.landingPage } : {}),
    ...(touch.referrer ? { referrer: touch.referrer } : {}),
    ...(touch.source ? { source: touch.source } : {}),
    ...(touch.medium ? { medium: touch.medium } : {}),
    ...(touch.campaign ? { campaign: touch.campaign } : {}),
    ...(touch.term ? { term: touch.term } : {}),
    ...(touch.gclid ? { clickId: touch.gclid, clickIdKind: 'gclid' } : {}),
    ...(Object.keys(raw).length > 0 ? { raw } : {}),
  };
}
