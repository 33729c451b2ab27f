// Facts as sentences a salesman would say. A fact carries ids; the names are looked up when it is read.

export interface TimelineFact {
  id: string;
  type: string;
  chainId: string;
  at: Date;
  actor: string;
  data: Record<string, unknown>;
}

export interface Names {
  holders: ReadonlyMap<string, string>;
  users: ReadonlyMap<string, string>;
  programs: ReadonlyMap<string, string>;
  sources: ReadonlyMap<string, string>;
  territories: ReadonlyMap<string, string>;
  /** money as the workspace writes it */
  money(minor: number, currency: string): string;
  time(iso: string): string;
}

export type Tone = 'plain' | 'good' | 'bad' | 'money' | 'warn';

export interface TimelineEntry {
  factId: string;
  inquiryId: string;
  at: string;
  type: string;
  sentence: string;
  by: string | null;
  tone: Tone;
}

const verdicts: Record<string, string> = { hot: 'hot', warm: 'warm', bad: 'bad', sale: 'a sale', dont_know: 'don’t know' };
const activities: Record<string, string> = {
  call: 'Called',
  mail: 'Wrote a mail',
  visit: 'Visited',
  meeting: 'Met',
  quote: 'Sent a quote',
  literature: 'Sent literature',
  note: 'Made a note',
};
const owedWords: Record<string, string> = { accept: 'the answer', contact: 'the first contact', attempts: 'the attempts agreed', verdict: 'the verdict' };
const overdueWords: Record<string, string> = {
  accept: 'did not answer by the time promised',
  contact: 'was not in contact by the time promised',
  attempts: 'had not tried as often as agreed by the time agreed',
  verdict: 'gave no verdict by the time agreed',
};
const assignedWhy: Record<string, string> = {
  new: '',
  redirect: ', passed on because nobody answered in time',
  declined: ', passed on after it was declined',
  returned: ', back from nurture',
  manual: ', by hand',
  handover: ', handed over',
  nurtured: ', to be kept warm',
  restored: ', given back',
  unplaced: '',
};
const matchWords: Record<string, string> = {
  'external-id': 'customer number',
  external_id: 'customer number',
  email: 'mail address',
  phone: 'phone number',
  probabilistic: 'name and details',
  new: 'nothing known: a new person',
};

/** One entry a fact; undefined for facts that say nothing to a reader (a clock that ticked, a score that stayed). */
export function timelineEntry(fact: TimelineFact, names: Names): TimelineEntry | undefined {
  const said = sentence(fact, names);
  if (!said) return undefined;
  return {
    factId: fact.id,
    inquiryId: fact.chainId,
    at: fact.at.toISOString(),
    type: fact.type,
    sentence: said[0],
    by: by(fact.actor, names),
    tone: said[1] ?? 'plain',
  };
}

function by(actor: string, names: Names): string | null {
  if (actor === 'baton' || actor === '') return null;
  if (actor.startsWith('holder:')) return names.holders.get(actor.slice(7)) ?? 'a partner';
  return names.users.get(actor) ?? 'a user';
}

function sentence(fact: TimelineFact, names: Names): [string, Tone?] | undefined {
  const { data } = fact;
  const word = (key: string): string | null => (typeof data[key] === 'string' && data[key] !== '' ? data[key] : null);
  const number = (key: string): number | null => (typeof data[key] === 'number' ? data[key] : null);
  const of = (map: ReadonlyMap<string, string>, key: string, fallback: string): string => map.get(word(key) ?? '') ?? fallback;
  const money = (key: string): string | null => (number(key) === null ? null : names.money(number(key)!, word('currency') ?? ''));
  const because = (key: string): string => (word(key) ? `: ${word(key)}` : '');
  switch (fact.type) {
    case 'inquiry.received': {
      const source = names.sources.get(word('sourceId') ?? '');
      const program = names.programs.get(word('programId') ?? '');
      const from = source ? ` from ${source}` : '';
      return [`Inquiry received${from}${program ? `, program ${program}` : ''}${word('importId') ? ', by import' : ''}.`];
    }
    case 'inquiry.quarantined':
      return [`Could not be read and waits in quarantine${because('reason')}.`, 'warn'];
    case 'inquiry.replayed':
      return ['Read again after a fix.'];
    case 'inquiry.withdrawn':
      return ['Withdrawn: its import was undone.', 'warn'];
    case 'inquiry.identified':
      return [
        data['isNew'] === true ? 'A new person.' : `Recognised by ${matchWords[word('method') ?? ''] ?? word('method') ?? 'its details'}.`,
      ];
    case 'inquiry.dismissed': {
      const reasons = Array.isArray(data['reasons']) ? (data['reasons'] as unknown[]).map(String).join('; ') : '';
      return [`Not yet a lead${reasons ? `: ${reasons}` : ''}.`];
    }
    case 'lead.qualified':
      return [`Qualified as a ${word('grade') ?? ''} lead with ${number('score') ?? 0} points.`.replace('  ', ' '), 'good'];
    case 'lead.joined':
      return ['Enquired again; this inquiry joined the lead.', 'good'];
    case 'lead.merged':
      return ['Joined with another lead of the same person.'];
    case 'lead.rescored':
      return number('score') === number('wasScore') && word('grade') === word('wasGrade')
        ? undefined
        : [`Score ${number('wasScore') ?? '?'} → ${number('score') ?? '?'}, ${word('wasGrade') ?? '?'} → ${word('grade') ?? '?'}.`];
    case 'lead.answered':
      return ['Qualifying questions answered.', 'good'];
    case 'lead.withdrawn':
      return ['Lead withdrawn with its import.', 'warn'];
    case 'lead.assigned': {
      const territory = names.territories.get(word('territoryId') ?? '');
      const respond = word('respondBy');
      return [
        `Assigned to ${of(names.holders, 'holderId', 'a holder')}${territory ? ` (${territory})` : ''}${assignedWhy[word('why') ?? ''] ?? ''}${respond ? `; an answer is promised by ${names.time(respond)}` : ''}.`,
      ];
    }
    case 'lead.unplaced':
      return [`No holder fits${because('why')}; it waits at the desk.`, 'warn'];
    case 'lead.setAside':
      return ['Nobody has room; a rule keeps it warm.', 'warn'];
    case 'lead.accepted':
      return [`${of(names.holders, 'holderId', 'The holder')} accepted the lead.`, 'good'];
    case 'lead.declined':
      return [`${of(names.holders, 'holderId', 'The holder')} declined${because('reason')}.`, 'bad'];
    case 'lead.reminded': {
      const owed = owedWords[word('clock') ?? ''];
      return [`${of(names.holders, 'holderId', 'The holder')} was reminded${owed ? ` of ${owed}` : ''}.`, 'warn'];
    }
    case 'lead.overdue':
      return [`${of(names.holders, 'holderId', 'The holder')} ${overdueWords[word('clock') ?? ''] ?? 'was late'}.`, 'bad'];
    case 'lead.redirected':
      return [
        `Redirected from ${of(names.holders, 'fromHolderId', 'one holder')} to ${of(names.holders, 'toHolderId', 'another')}.`,
        'warn',
      ];
    case 'lead.paused':
      return [`${of(names.holders, 'holderId', 'The holder')} lets it rest until ${names.time(word('until') ?? '')}${because('reason')}.`];
    case 'lead.resumed':
      return [data['early'] === true ? 'Its pause was ended; its clocks run on.' : 'Its pause is over; its clocks run on.'];
    case 'lead.followedUp':
      return [`${activities[word('kind') ?? ''] ?? 'Followed up'}.`, 'good'];
    case 'lead.historyTold':
      return [`${activities[word('kind') ?? ''] ?? 'Followed up'}, as another system kept it.`];
    case 'lead.historyWithdrawn':
      return ['An entry of another system was taken out again.'];
    case 'lead.answeredElsewhere': {
      const where = word('via') === 'mail' ? 'an address' : 'a browser';
      return [`Answered from ${where} that ${of(names.holders, 'holderId', 'the holder')} had not used before: the mail may have been handed on.`, 'warn'];
    }
    case 'lead.stepSkipped':
      return [`Step ${number('place') ?? ''} of the playbook skipped.`];
    case 'lead.nextActionSet': {
      const due = word('dueAt');
      return word('what') ? [`Next: ${word('what')}${due ? `, due ${names.time(due)}` : ''}.`] : ['Next action done.'];
    }
    case 'lead.judged': {
      const verdict = word('verdict') ?? '';
      const value = money('valueMinor');
      if (word('via') === 'silence') return [`No answer: counts as don’t know${because('reason')}.`, 'bad'];
      const text = `Verdict: ${verdicts[verdict] ?? verdict}${verdict === 'sale' && value ? ` of ${value}` : ''}${because('reason')}.`;
      return [text, verdict === 'sale' ? 'money' : verdict === 'bad' ? 'bad' : verdict === 'dont_know' ? 'warn' : 'good'];
    }
    case 'lead.judgementUndone':
      return [`Verdict “${verdicts[word('verdict') ?? ''] ?? ''}” taken back.`];
    case 'lead.closed':
      return [
        { sold: 'Closed as sold.', bad: 'Closed as bad.', lost: 'Closed as lost.' }[word('fate') ?? ''] ?? 'Closed.',
        word('fate') === 'sold' ? 'money' : 'plain',
      ];
    case 'lead.reopened':
      return ['Opened again.'];
    case 'lead.nurtured':
      return [`Kept warm${word('until') ? ` until ${names.time(word('until')!)}` : ''}.`];
    case 'lead.returned':
      return [`Back from nurture${because('why')}.`, 'good'];
    case 'opportunity.opened':
      return [`Opportunity opened${money('amountMinor') && number('amountMinor') !== 0 ? ` for ${money('amountMinor')}` : ''}.`, 'money'];
    case 'opportunity.moved':
      return [`Opportunity moved to ${word('stage') ?? 'another stage'}.`, 'money'];
    case 'opportunity.won':
      return [`Opportunity won${money('amountMinor') && number('amountMinor') !== 0 ? ` for ${money('amountMinor')}` : ''}.`, 'money'];
    case 'opportunity.lost':
      return [`Opportunity lost${because('reason')}.`, 'bad'];
    case 'invoice.recorded':
      return [`Invoiced ${money('netMinor') ?? ''} without tax.`.replace('  ', ' '), 'money'];
    case 'invoice.restated':
      return [`Invoice restated to ${money('netMinor') ?? ''} without tax.`.replace('  ', ' '), 'money'];
    default:
      return undefined;
  }
}
