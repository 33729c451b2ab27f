import { junkOf } from './dirt.rules.ts';
import { fieldsOf, touchesOf, type GeneratedFields, type GeneratedTouch, type Wish } from './fields.rules.ts';
import { intents, products, type Intent } from './messages.rules.ts';
import { personOf, type TruePerson } from './people.rules.ts';
import { programsFor, pullOn, type Channel, type DemoProgram } from './programs.rules.ts';
import { randomOf, type Random } from './random.rules.ts';
import { truthOf, type Truth } from './truth.rules.ts';

export interface GeneratedInquiry {
  sequence: number;
  occurredAt: Date;
  program: string;
  source: string;
  channel: Channel;
  fields: GeneratedFields;
  firstTouch: GeneratedTouch | null;
  lastTouch: GeneratedTouch | null;
  truth: Truth;
}

export interface WorldOptions {
  seed?: number;
  count: number;
  /** Default: 547 days before `to`. */
  from?: Date;
  to: Date;
}

const day = 86_400_000;
const worldDays = 547;
/** How many earlier inquirers the generator remembers, recent and old; bounded, so that a million stream. */
const memorySize = 1 << 15;

interface Remembered extends Wish {
  person: number;
}

/**
 * Streams the inquiries of a world in the order they happened. The same options give the same inquiries, each with its truth.
 * About seven in ten are somebody new; the rest wrote before, often through another program and spelled differently.
 */
export function* generateInquiries(options: WorldOptions): Generator<GeneratedInquiry> {
  const seed = options.seed ?? 1;
  const to = options.to.getTime();
  const from = options.from?.getTime() ?? to - worldDays * day;
  const spanDays = Math.max(1, Math.round((to - from) / day));
  const programs = programsFor(options.count);
  const random = randomOf(seed, 'world');
  const sharedOrganizations = Math.max(3, Math.round(options.count / 14));
  const recent = memoryOf();
  const reservoir = memoryOf();
  let people = 0;
  let sequence = 0;

  const windows = windowsOf(programs, spanDays, to, options.count);
  for (const window of windows) {
    const times: { at: number; program: DemoProgram }[] = [];
    for (let i = 0; i < window.count; i++) {
      const program = random.weighted(window.pulls);
      times.push({ program, at: window.start + timeOfDay(window.start, program, random) });
    }
    times.sort((a, b) => a.at - b.at);
    for (const { at, program } of times) {
      const own = randomOf(seed, 'inquiry', sequence);
      const dayNumber = Math.floor(at / day);
      const junk = program.channel === 'web' || program.channel === 'search' || program.channel === 'social' ? own.chance(0.028) : false;
      if (junk) {
        yield junkInquiry(seed, sequence++, at, program, own);
        continue;
      }
      let who = own.chance(program.shape === 'once' ? 0.1 : 0.3)
        ? pickEarlier(recent, reservoir, own, program, seed, sharedOrganizations)
        : undefined;
      let person: TruePerson;
      if (who) {
        person = personOf(seed, who.person, sharedOrganizations);
        // Coming back through another door, people often want something else.
        if (own.chance(0.35)) who = { ...who, intent: own.weighted(intents), product: own.pick(products) };
      } else {
        person = personOf(seed, people++, sharedOrganizations);
        for (let tries = 0; !suits(person, program) && tries < 60; tries++) person = personOf(seed, people++, sharedOrganizations);
        who = { person: person.number, intent: intentIn(program, own), product: own.pick(products), privateMail: own.chance(0.09) };
      }
      remember(recent, reservoir, who, random);
      const truth = truthOf(seed, sequence, person, who.intent, who.product, program.quality, dayNumber);
      yield inquiryOf(sequence++, new Date(at), program, person, who, truth, own);
    }
  }
}

interface Memory {
  items: Remembered[];
  seen: number;
}

const memoryOf = (): Memory => ({ items: [], seen: 0 });

function remember(recent: Memory, reservoir: Memory, who: Remembered, random: Random): void {
  recent.items[recent.seen++ % memorySize] = who;
  const at = reservoir.seen++;
  if (at < memorySize) reservoir.items[at] = who;
  else {
    const slot = Math.floor(random.next() * reservoir.seen);
    if (slot < memorySize) reservoir.items[slot] = who;
  }
}

function pickEarlier(
  recent: Memory,
  reservoir: Memory,
  random: Random,
  program: DemoProgram,
  seed: number,
  shared: number,
): Remembered | undefined {
  if (recent.seen === 0) return undefined;
  for (let tries = 0; tries < 6; tries++) {
    const choice = random.next();
    let found: Remembered | undefined;
    if (choice < 0.15) found = recent.items[(recent.seen - 1 - Math.min(recent.seen - 1, random.int(3))) % memorySize];
    else if (choice < 0.55) {
      const back = Math.floor(-Math.log(1 - random.next()) * 0.06 * Math.min(recent.seen, memorySize));
      if (back < Math.min(recent.seen, memorySize)) found = recent.items[(recent.seen - 1 - back) % memorySize];
    } else found = reservoir.items[random.int(reservoir.items.length)];
    if (found && suits(personOf(seed, found.person, shared), program)) return found;
  }
  return undefined;
}

function suits(person: TruePerson, program: DemoProgram): boolean {
  if (program.country && person.organization.place.country !== program.country) return false;
  if (program.key === 'search-eu' && person.organization.place.country === 'US') return false;
  return !program.vertical || person.organization.vertical === program.vertical;
}

function intentIn(program: DemoProgram, random: Random): Intent {
  if (program.key === 'quote-form')
    return random.weighted([
      ['quote', 70],
      ['project', 15],
      ['spare', 15],
    ] as const);
  if (program.key === 'mailing-seals')
    return random.weighted([
      ['spare', 60],
      ['catalogue', 25],
      ['quote', 15],
    ] as const);
  if (program.channel === 'list') return 'information';
  if (program.channel === 'social' || program.channel === 'webinar')
    return random.weighted([
      ['information', 60],
      ['catalogue', 22],
      ['quote', 8],
      ['project', 5],
      ['private', 5],
    ] as const);
  if (program.channel === 'trade_show')
    return random.weighted([
      ['information', 45],
      ['catalogue', 30],
      ['quote', 15],
      ['project', 8],
      ['private', 2],
    ] as const);
  return random.weighted(intents);
}

interface Window {
  start: number;
  count: number;
  pulls: (readonly [DemoProgram, number])[];
}

/** Spreads the count over days by what the programs pull, to the unit. */
function* windowsOf(programs: DemoProgram[], spanDays: number, to: number, count: number): Generator<Window> {
  const pullsOf = (ago: number): (readonly [DemoProgram, number])[] => {
    const scaled = Math.floor((ago * worldDays) / spanDays);
    const date = new Date(to - (ago + 0.5) * day);
    return programs.map((program) => [program, pullOn(program, scaled, date)] as const).filter(([, pull]) => pull > 0);
  };
  const sumOf = (pulls: (readonly [DemoProgram, number])[]): number => pulls.reduce((sum, [, pull]) => sum + pull, 0);
  let total = 0;
  for (let ago = spanDays - 1; ago >= 0; ago--) total += sumOf(pullsOf(ago));
  let pulled = 0;
  let given = 0;
  for (let ago = spanDays - 1; ago >= 0; ago--) {
    const pulls = pullsOf(ago);
    pulled += sumOf(pulls);
    const upTo = Math.round((count * pulled) / total);
    if (upTo > given) yield { start: to - (ago + 1) * day, count: upTo - given, pulls };
    given = upTo;
  }
}

/** Offset into a window of 24 hours that begins at any time of day: business hours of the place, some evenings, some nights. */
function timeOfDay(start: number, program: DemoProgram, random: Random): number {
  const america = program.country === 'US' || (program.country === undefined && program.key !== 'search-eu' && random.chance(0.55));
  const local = random.weighted([
    ['day', 78],
    ['evening', 15],
    ['night', 7],
  ] as const);
  const machine = program.channel === 'web' || program.channel === 'search' || program.channel === 'social' || program.channel === 'email';
  const hour =
    !machine || local === 'day' ? 8 + 9.5 * random.next() : local === 'evening' ? 17.5 + 5 * random.next() : 23 + 8 * random.next();
  const utc = (hour + (america ? 5.5 : -1) + 24) % 24;
  const offset = utc * 3_600_000 - (start % day);
  return Math.floor((offset + day) % day);
}

function inquiryOf(
  sequence: number,
  occurredAt: Date,
  program: DemoProgram,
  person: TruePerson,
  who: Remembered,
  truth: Truth,
  random: Random,
): GeneratedInquiry {
  const fields = fieldsOf(program, person, who, random);
  const { firstTouch, lastTouch } = touchesOf(program, occurredAt, who.product, random);
  if (lastTouch?.landingPage) fields.landingPage = lastTouch.landingPage;
  const source = program.key === 'site' ? (random.chance(0.7) ? 'organic' : 'direct') : program.source;
  return { sequence, occurredAt, program: program.key, source, channel: program.channel, fields, firstTouch, lastTouch, truth };
}

function junkInquiry(seed: number, sequence: number, at: number, program: DemoProgram, random: Random): GeneratedInquiry {
  const kind = random.weighted([
    ['keyboard', 4],
    ['test', 3],
    ['spam', 5],
  ] as const);
  const made = junkOf(kind, random);
  const fields: GeneratedFields = { fullName: made.fullName, email: made.email, organization: made.organization, message: made.message };
  if (made.phone) fields.phone = made.phone;
  const { firstTouch, lastTouch } = touchesOf(program, new Date(at), products[0], random);
  return {
    sequence,
    occurredAt: new Date(at),
    program: program.key,
    source: program.source,
    channel: program.channel,
    fields,
    firstTouch,
    lastTouch,
    truth: {
      sequence,
      person: null,
      organization: null,
      junk: kind,
      intent: null,
      episode: `j${seed}:${sequence}`,
      logOdds: -20,
      draw: 1,
      amountMinor: 0,
      lagDays: 0,
      buysSomewhere: false,
    },
  };
}
