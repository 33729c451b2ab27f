import type { Answer } from '../../../api/contract.ts';
import type { TimelineEntry } from '../../../ui/Timeline.tsx';
import type { LeadData } from './Head.tsx';

const tones = { good: 'good', money: 'good', bad: 'bad', warn: 'bad', plain: undefined } as const;
const mainTypes = new Set(['inquiry.received', 'lead.assigned', 'lead.judged', 'lead.followedUp']);

/** Facts as they happened, newest last, and one line about what comes by itself. */
export function timelineOf(data: LeadData, state?: Answer<'GET /v1/leads/:id/followup'>): TimelineEntry[] {
  const past = data.timeline.map((fact) => ({
    id: fact.factId,
    at: fact.at,
    text: fact.sentence,
    // Who is the subject of the sentence is not named again behind it.
    detail: fact.by && !fact.sentence.startsWith(fact.by) ? fact.by : undefined,
    tone: tones[fact.tone] ?? (mainTypes.has(fact.type) ? ('main' as const) : undefined),
  }));
  const custody = state?.custody;
  const ends = custody && !custody.acceptedAt ? custody.respondBy : (custody?.followBy ?? null);
  if (!ends || custody?.firstFollowupAt || Date.parse(ends) < Date.now()) return past;
  return [
    ...past,
    {
      id: 'promise',
      at: ends,
      text: custody?.acceptedAt ? 'the promise to get in touch ends' : 'the promise ends',
      detail: '· then it passes to the next holder',
      isFuture: true,
      tone: undefined,
    },
  ];
}
