import { escapeHtml } from '../platform/values/html.rules.ts';
import type { Form, FormField } from './form.contract.ts';

/** The form a program has until somebody makes its own. */
export const standardForm = (programName: string): Form => ({
  title: programName,
  fields: [
    { name: 'fullName', label: 'Name', type: 'text', required: true, autocomplete: 'name' },
    { name: 'email', label: 'E-mail', type: 'email', required: true, autocomplete: 'email' },
    { name: 'organization', label: 'Company', type: 'text', autocomplete: 'organization' },
    { name: 'phone', label: 'Phone', type: 'tel', autocomplete: 'tel' },
    { name: 'country', label: 'Country', type: 'country', autocomplete: 'country-name' },
    { name: 'message', label: 'How can we help?', type: 'textarea' },
  ],
  button: 'Send',
  thanks: 'Thank you. We have your inquiry and will answer soon.',
  active: true,
});

const shell = (language: string, title: string, body: string): string => `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/f/form.css">
<script src="/f/form.js" defer></script>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;

/** The trap: people never see it, programs fill it in. */
export const trapField = 'homepage_confirm';

function control(field: FormField, value: string): string {
  const id = `field-${field.name}`;
  const common = `id="${id}" name="${field.name}"${field.required ? ' required' : ''}${field.autocomplete ? ` autocomplete="${escapeHtml(field.autocomplete)}"` : ''}`;
  if (field.type === 'hidden') return `<input type="hidden" name="${field.name}" value="${escapeHtml(field.value ?? '')}">`;
  const label = `<label for="${id}">${escapeHtml(field.label)}${field.required ? ' <span aria-hidden="true">*</span>' : ''}</label>`;
  if (field.type === 'checkbox') return `<p class="check"><input type="checkbox" ${common} value="yes"${value ? ' checked' : ''}> ${label}</p>`;
  if (field.type === 'textarea') return `<p>${label}<textarea ${common} rows="4" maxlength="5000">${escapeHtml(value)}</textarea></p>`;
  if (field.type === 'select') {
    const options = (field.options ?? []).map((option) => `<option${option === value ? ' selected' : ''}>${escapeHtml(option)}</option>`).join('');
    return `<p>${label}<select ${common}><option value=""></option>${options}</select></p>`;
  }
  const type = field.type === 'country' ? 'text' : field.type;
  return `<p>${label}<input type="${type}" ${common} maxlength="500" value="${escapeHtml(value)}"></p>`;
}

export interface PageOf {
  key: string;
  form: Form;
  /** The proof-of-work task, as JSON. */
  challenge: string;
  /** Campaign parameters and where the visitor came from, carried through the post. */
  carried: Record<string, string>;
  values?: Record<string, string>;
  /** Names of the fields that the script names the touches by. */
  notice?: string;
}

/** The hosted page: plain HTML that posts; the script only works out the proof while somebody types. */
export function formPage({ key, form, challenge, carried, values = {}, notice }: PageOf): string {
  const hidden = Object.entries(carried).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('\n');
  return shell(form.language ?? 'en', form.title, `<h1>${escapeHtml(form.title)}</h1>
${form.intro ? `<p class="intro">${escapeHtml(form.intro)}</p>` : ''}
${notice ? `<p class="notice" role="alert">${escapeHtml(notice)}</p>` : ''}
<form method="post" action="/f/${escapeHtml(key)}" data-baton-challenge="${escapeHtml(challenge)}" accept-charset="utf-8">
${form.fields.map((field) => control(field, values[field.name] ?? field.value ?? '')).join('\n')}
<p class="trap" aria-hidden="true"><label for="${trapField}">Leave this empty</label><input id="${trapField}" name="${trapField}" tabindex="-1" autocomplete="off"></p>
${hidden}
<input type="hidden" name="altcha" value="">
<p><button type="submit">${escapeHtml(form.button)}</button> <span class="status" role="status" aria-live="polite"></span></p>
<noscript><p class="notice">Without JavaScript your inquiry still reaches us, but a person has to release it first, so the answer may take longer.</p></noscript>
</form>`);
}

export const thanksPage = (form: Form, receipt: string): string =>
  shell(form.language ?? 'en', form.title, `<h1>${escapeHtml(form.title)}</h1>
<p class="thanks">${escapeHtml(form.thanks)}</p>
<p>Your receipt number is <strong>${escapeHtml(receipt)}</strong>.</p>`);

export const messagePage = (title: string, text: string): string => shell('en', title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p>`);
