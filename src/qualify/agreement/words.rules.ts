/**
 * The agreement in words, as it is read, compared and signed. Every sentence has a key that stays, so that what changes between two versions is
 * told sentence by sentence.
 *
 * Example: hot leads "accepted or declined within 1 business hour" in version 1 and "within 30 business minutes" in version 2 are one change, of
 * the sentence `sales.hot`.
 */
import { grades, type CompleteField, type Content, type Kind, type Owed } from './agreement.rules.ts';

export interface Sentence {
  key: string;
  text: string;
}
export interface Section {
  title: string;
  sentences: Sentence[];
}

/** What the words need that stands elsewhere. */
export interface Around {
  /** the definition of a lead as a sentence */
  definition: string;
  /** conditions of a kind as a sentence, by the kind's id */
  conditions: ReadonlyMap<string, string>;
}

const fieldNames: Record<CompleteField, string> = { email: 'mail address', phone: 'phone', title: 'position', organization: 'company', country: 'country', product: 'product' };
const gradeNames = { hot: 'hot', warm: 'warm', cold: 'cold' };

export function wordsOf(content: Content, around: Around): Section[] {
  const { definitionVersion, kinds, marketing, sales, breach } = content;
  const all = [
    { key: 'lead', text: `An inquiry is a lead when ${around.definition}. That is version ${definitionVersion} of the definition.` },
  ];
  const promised: Sentence[] = [];
  const amount = volume(marketing);
  if (amount) promised.push({ key: 'marketing.leads', text: `Marketing brings ${amount} leads a month.` });
  if (marketing.rightPercent !== null)
    promised.push({
      key: 'marketing.right',
      text: `Of the leads that sales judges, at least ${marketing.rightPercent}% are right: not given back as ${list(marketing.wrongReasons.map((reason) => `“${reason}”`), 'or')}.`,
    });
  if (marketing.completePercent !== null)
    promised.push({
      key: 'marketing.complete',
      text: `Of at least ${marketing.completePercent}% of the leads, ${list(marketing.complete.map((field) => fieldNames[field]), 'and')} ${marketing.complete.length > 1 ? 'are' : 'is'} known.`,
    });
  return [
    { title: 'What a lead is', sentences: all },
    { title: 'Which leads sales wants', sentences: kinds.map((kind) => ({ key: `kind.${kind.id}`, text: kindText(kind, around.conditions.get(kind.id)) })) },
    { title: 'What marketing owes', sentences: promised },
    {
      title: 'What sales owes',
      sentences: [
        ...grades.map((grade) => ({ key: `sales.${grade}`, text: owedText(gradeNames[grade], sales[grade]) })),
        { key: 'sales.kept', text: `Each of these is kept for at least ${sales.keptPercent}% of the leads given in a month.` },
        { key: 'sales.time', text: 'Time is business time of whoever holds the lead: nights, weekends and holidays do not count.' },
      ],
    },
    {
      title: 'What happens otherwise',
      sentences: [
        { key: 'breach.remind', text: `When ${breach.remindAtPercent}% of the time is gone, the holder is reminded.` },
        {
          key: 'breach.redirect',
          text:
            breach.redirectsMax === 0
              ? 'A lead nobody answers in time goes to the desk, where the sales manager decides.'
              : `A lead nobody answers in time goes to the next best, up to ${times(breach.redirectsMax)}, then to the desk, where the sales manager decides.`,
        },
        { key: 'breach.counted', text: 'What is kept and what is not is counted, month by month, on a page that both sides see; when a month is over, both are told by mail.' },
      ],
    },
  ].filter(({ sentences }) => sentences.length > 0);
}

export interface Change {
  title: string;
  was: string | null;
  now: string | null;
}

/** What the words of one version say otherwise than those of another, in the order of the later. */
export function changesBetween(before: readonly Section[], after: readonly Section[]): Change[] {
  const said = new Map(before.flatMap(({ sentences }) => sentences.map(({ key, text }) => [key, text])));
  const stands = new Set(after.flatMap(({ sentences }) => sentences.map(({ key }) => key)));
  return [
    ...after.flatMap(({ title, sentences }) =>
      sentences.flatMap(({ key, text }): Change[] => (said.get(key) === text ? [] : [{ title, was: said.get(key) ?? null, now: text }])),
    ),
    ...before.flatMap(({ title, sentences }) => sentences.flatMap(({ key, text }): Change[] => (stands.has(key) ? [] : [{ title, was: text, now: null }]))),
  ];
}

function kindText({ name, grade, leadsMin, leadsMax, sharePercent }: Kind, conditions: string | undefined): string {
  const which = [grade && `${gradeNames[grade]} leads`, conditions && `${grade ? '' : 'leads '}of whom it holds that ${conditions}`].filter(Boolean).join(' ');
  const amount = volume({ leadsMin, leadsMax });
  const how = [amount && `${amount} a month`, sharePercent !== null && `at least ${sharePercent}% of all leads`].filter(Boolean).join(', and ');
  return `${name} (${which}): ${how}.`;
}

function owedText(grade: string, { acceptMinutes, contactMinutes, verdictMinutes, attempts, attemptsMinutes }: Owed): string {
  const contact = `A ${grade} lead is accepted or declined within ${span(acceptMinutes)}, and contacted within ${span(contactMinutes)} of that`;
  const tries = attempts !== null && attemptsMinutes !== null ? ` It is tried at least ${times(attempts)} within ${span(attemptsMinutes)} of accepting before it is given up.` : '';
  return `${contact}${verdictMinutes === null ? '' : `; it has its verdict within ${span(verdictMinutes)} of accepting`}.${tries}`;
}

const volume = ({ leadsMin, leadsMax }: { leadsMin: number | null; leadsMax: number | null }): string | null =>
  leadsMin !== null && leadsMax !== null ? (leadsMin === leadsMax ? `${leadsMin}` : `${leadsMin} to ${leadsMax}`) : leadsMin !== null ? `at least ${leadsMin}` : leadsMax !== null ? `at most ${leadsMax}` : null;

/** Business time: 48 hours are six working days, so hours are never called days. */
const span = (minutes: number): string => {
  const [n, unit] = minutes < 60 || minutes % 30 ? [minutes, 'minute'] : [minutes / 60, 'hour'];
  return `${n} business ${unit}${n === 1 ? '' : 's'}`;
};
const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);
const list = (words: readonly string[], last: string): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`);
