import { createHash } from 'node:crypto';
import { readYesNo } from '../platform/values/yes-no.rules.ts';
import type { Form } from './form.contract.ts';
import type { ConsentSaid } from './inquiry.contract.ts';

/** The boxes somebody ticked, with the words they stood by and a short hash of them: what was agreed to, not what the form says today. */
export function consentsOf(form: Form, posted: Record<string, unknown>): ConsentSaid[] {
  const page = posted['landing_url'];
  return form.fields.flatMap((field): ConsentSaid[] => {
    if (field.type !== 'checkbox' || !field.consent || !posted[field.name] || readYesNo(String(posted[field.name])) === false) return [];
    const textVersion = createHash('sha256').update(field.label).digest('hex').slice(0, 12);
    return [{ ...field.consent, text: field.label, textVersion, ...(typeof page === 'string' ? { url: page.slice(0, 2000) } : {}) }];
  });
}
