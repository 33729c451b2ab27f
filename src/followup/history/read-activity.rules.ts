/** What a row of a list says was done about a lead. Pure. */
import { fold } from '../../platform/values/fold.rules.ts';
import type { ActivityKind } from '../followup.store.ts';

export interface ToldActivity {
  row: number;
  reference: string | null;
  kind: ActivityKind;
  at: Date;
  leadRef: string | null;
  contactRef: string | null;
  email: string | null;
  /** id, address or name, whichever the row has first */
  by: string[];
  outcome: string | null;
  note: string | null;
}

export const activityLabels: Record<ActivityKind, string> = { call: 'Call', mail: 'Mail', visit: 'Visit', meeting: 'Meeting', quote: 'Quote', literature: 'Literature', note: 'Note' };

/** By what the word begins with or holds, in seven languages, the plainest first. */
const words: [ActivityKind, RegExp][] = [
  ['mail', /\be? ?mails?\b|courriel|correo|posta elettronica|newsletter|brief|letter/],
  ['call', /\bcall|phone|telefon|anruf|appel|llamada|ligacao|chamada|gesprek|bellen|chiamata|voicemail|\bsms\b|whatsapp/],
  ['visit', /visit|besuch|bezoek|on site|vor ort/],
  ['meeting', /meet|treffen|termin|besprechung|reunion|reuniao|riunione|afspraak|vergadering|rendez|appuntamento|event|demo|webinar|lunch/],
  ['quote', /quot|angebot|offerte|offert|\boffer|devis|cotizacion|presupuesto|cotacao|orcamento|preventivo|proposal/],
  ['literature', /literatur|brochure|catalog|katalog|prospekt|sample|muster/],
  ['note', /\bnot(e|es|iz|izen|a|as|itie|ities)\b|task|aufgabe|tache|tarea|tarefa|taak|compito|comment|to ?do/],
];

/** A kind of ours that a word of theirs stands for. */
export function readKind(text: string): ActivityKind | undefined {
  const said = fold(text);
  return said === '' ? undefined : words.find(([, is]) => is.test(said))?.[0];
}

/**
 * `values`: by field, as capture hands them over. A row that does not say what it was is a call: lists of calls have no column for it. Whether
 * it came in or went out and how long it took stands before the note, for there the reader looks.
 */
export function readActivity(row: number, values: Readonly<Record<string, unknown>>): ToldActivity {
  const text = (name: string): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null);
  const number = (name: string): number | null => (typeof values[name] === 'number' && values[name] > 0 ? values[name] : null);
  const kind = text('kind');
  const long = number('minutes') ?? (number('seconds') === null ? null : number('seconds')! / 60);
  const direction = text('direction');
  const about = [direction, long === null ? null : lasted(long)].filter((one) => one !== null).join(', ');
  const said = [text('subject'), text('purpose'), text('note')].filter((one, at, all) => one !== null && all.indexOf(one) === at);
  const note = [...(about ? [about] : []), ...said].join(' · ');
  return {
    row,
    reference: text('externalId')?.slice(0, 200) ?? null,
    kind: (kind === null ? undefined : readKind(kind)) ?? 'call',
    at: values['at'] as Date,
    leadRef: text('leadRef'),
    contactRef: text('contactRef'),
    email: text('email'),
    by: [text('ownerRef'), text('owner')].filter((one) => one !== null),
    outcome: text('outcome')?.slice(0, 200) ?? null,
    note: note === '' ? null : note.slice(0, 4000),
  };
}

const lasted = (minutes: number): string => (minutes < 1 ? 'under a minute' : Math.round(minutes) === 1 ? '1 minute' : `${Math.round(minutes).toLocaleString('en')} minutes`);

export interface LeadOf {
  leadId: string;
  askedAt: Date;
}
/** Of several leads of one person the one that was asked for last before it was done; else the first. `leads` by the moment they were asked. */
export const leadAt = (leads: readonly LeadOf[], at: Date): string | undefined => (leads.findLast(({ askedAt }) => askedAt <= at) ?? leads[0])?.leadId;
