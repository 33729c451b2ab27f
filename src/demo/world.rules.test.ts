import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planWork } from './behaviour.rules.ts';
import { holders, territories } from './company.rules.ts';
import { dirtyColumns, dirtyCsv, dirtyRows } from './lists.rules.ts';
import { organizationOf } from './organizations.rules.ts';
import { personOf } from './people.rules.ts';
import { programsFor, sources } from './programs.rules.ts';
import { buyingProbability, buys } from './truth.rules.ts';
import { generateInquiries, type GeneratedInquiry } from './world.rules.ts';

const to = new Date('2026-03-12T15:00:00Z');
const world = (seed: number, count: number): GeneratedInquiry[] => [...generateInquiries({ seed, count, to })];
const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const sample = world(7, 8_000);

describe('the generated world', () => {
  it('is the same for the same seed and another one for another seed', () => {
    expect(digest(world(7, 8_000))).toBe(digest(sample));
    expect(digest(world(8, 8_000))).not.toBe(digest(sample));
  });

  it('holds exactly as many inquiries as asked for, in order, within eighteen months', () => {
    for (const count of [1, 37, 500]) expect(world(3, count)).toHaveLength(count);
    expect(sample).toHaveLength(8_000);
    sample.forEach((inquiry, index) => {
      expect(inquiry.sequence).toBe(index);
      if (index > 0 && inquiry.occurredAt < sample[index - 1]!.occurredAt) throw new Error(`${index} is out of order`);
    });
    expect(sample.at(-1)!.occurredAt.getTime()).toBeLessThanOrEqual(to.getTime());
    expect(to.getTime() - sample[0]!.occurredAt.getTime()).toBeLessThanOrEqual(547 * 86_400_000);
  });

  it('uses every program and source that it declares, and the two trade shows fall on their days', () => {
    const used = new Set(sample.map((inquiry) => inquiry.program));
    expect([...used].sort()).toEqual(
      programsFor(8_000)
        .filter((program) => program.from >= 0) // the others are planned
        .map((program) => program.key)
        .sort(),
    );
    const known = new Set(sources.map((source) => source.key));
    for (const { source } of sample) expect(known.has(source)).toBe(true);
    const days = new Set(
      sample
        .filter((inquiry) => inquiry.program === 'expo-2')
        .map((inquiry) => Math.floor((to.getTime() - inquiry.occurredAt.getTime()) / 86_400_000)),
    );
    expect([...days].sort()).toEqual([41, 42, 43, 44]);
  });

  it('knows who is who: people repeat, keep their organization, and junk is nobody', () => {
    const organizations = new Map<string, string>();
    let repeats = 0;
    let junk = 0;
    for (const { truth } of sample) {
      if (truth.junk) {
        junk++;
        expect(truth.person).toBeNull();
        continue;
      }
      const before = organizations.get(truth.person!);
      if (before) {
        repeats++;
        expect(truth.organization).toBe(before);
      } else organizations.set(truth.person!, truth.organization!);
    }
    expect(repeats / sample.length).toBeGreaterThan(0.2);
    expect(repeats / sample.length).toBeLessThan(0.35);
    expect(junk / sample.length).toBeGreaterThan(0.005);
    expect(junk / sample.length).toBeLessThan(0.03);
    expect(new Set(organizations.values()).size).toBeLessThan(organizations.size * 0.8);
  });

  it('always leaves something to answer to, mostly a mail address', () => {
    const reachable = sample.filter(({ fields }) => fields.email ?? fields.phone ?? fields.mobile ?? fields.street);
    expect(reachable.length / sample.length).toBeGreaterThan(0.99);
    const mails = sample.map(({ fields }) => fields.email).filter((mail) => mail !== undefined);
    expect(mails.length / sample.length).toBeGreaterThan(0.8);
    // Nobody real may ever be addressed: reserved domains, broken ones, or mailboxes that this provider cannot have.
    for (const mail of mails)
      expect(mail.toLowerCase().trim()).toMatch(
        /\.?(example|exmaple|exampel)(\.(com|org))?$|example\.com$|_.*(@| at |\(at\))?g(oogle)?mail\.com$/,
      );
  });

  it('gives no two people one telephone number and no two organizations one name', () => {
    const phones = new Set<string>();
    const names = new Set<string>();
    const domains = new Set<string>();
    for (let n = 0; n < 9_000; n++) {
      const { phone } = personOf(7, n, 600);
      phones.add(`${phone.countryCode}-${phone.area}-${phone.line}`);
      const organization = organizationOf(7, n);
      names.add(organization.name);
      domains.add(organization.domain);
    }
    expect(phones.size).toBe(9_000);
    expect(names.size).toBe(9_000);
    expect(domains.size).toBe(9_000);
  });

  it('comes from three countries and a few others', () => {
    const count = (code: string): number =>
      sample.filter(
        ({ truth }) =>
          truth.person && personOf(7, Number(truth.person.slice(1)), Math.round(8_000 / 14)).organization.place.country === code,
      ).length / sample.length;
    expect(count('US')).toBeGreaterThan(0.4);
    expect(count('DE')).toBeGreaterThan(0.2);
    expect(count('ES')).toBeGreaterThan(0.1);
    expect(count('AT')).toBeGreaterThan(0);
  });
});

describe('the truth about buying', () => {
  const real = sample.map((inquiry) => inquiry.truth).filter((truth) => !truth.junk);
  const share = (hoursToContact: number | null, skill = 0): number =>
    real.reduce((sum, truth) => sum + buyingProbability(truth, { hoursToContact, contacts: 2, skill }), 0) / real.length;

  it('rewards a fast answer and punishes silence', () => {
    expect(share(1)).toBeGreaterThan(share(8));
    expect(share(8)).toBeGreaterThan(share(100));
    expect(share(100)).toBeGreaterThan(share(null));
    expect(share(4)).toBeGreaterThan(0.03);
    expect(share(4)).toBeLessThan(0.12);
  });

  it('agrees with its own draws: as many buy as the probabilities say', () => {
    const treatment = { hoursToContact: 6, contacts: 2, skill: 0.2 };
    const episodes = new Map(real.map((truth) => [truth.episode, truth]));
    let expected = 0;
    let bought = 0;
    for (const truth of episodes.values()) {
      expected += buyingProbability(truth, treatment);
      if (buys(truth, treatment)) bought++;
    }
    expect(Math.abs(bought - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });

  it('treats several inquiries of one need as one chance', () => {
    const byEpisode = new Map<string, number>();
    for (const truth of real) {
      const before = byEpisode.get(truth.episode);
      if (before !== undefined) expect(truth.draw).toBe(before);
      byEpisode.set(truth.episode, truth.draw);
    }
  });

  it('makes good programs better than bad ones', () => {
    const of = (program: string): number => {
      const own = sample.filter((inquiry) => inquiry.program === program && !inquiry.truth.junk);
      return own.reduce((sum, { truth }) => sum + buyingProbability(truth, { hoursToContact: 4, contacts: 2, skill: 0 }), 0) / own.length;
    };
    expect(of('quote-form')).toBeGreaterThan(2 * of('social-engineers'));
    expect(of('social-engineers')).toBeGreaterThan(of('list-food'));
  });
});

describe('the company', () => {
  it('has four reps, twelve distributors, and territories that name them', () => {
    expect(holders.filter((holder) => holder.kind === 'rep')).toHaveLength(4);
    expect(holders.filter((holder) => holder.kind === 'partner')).toHaveLength(12);
    const keys = new Set(holders.map((holder) => holder.key));
    for (const territory of territories) for (const [holder] of territory.holders) expect(keys.has(holder)).toBe(true);
    const placed = new Set(territories.flatMap((territory) => territory.holders.map(([holder]) => holder)));
    expect(placed).toEqual(keys);
  });

  it('works steps in order and in office hours, and the diligent do more than the silent', () => {
    const by = (key: string): { accepted: number; contacts: number; verdicts: number } => {
      const holder = holders.find((candidate) => candidate.key === key)!;
      const tally = { accepted: 0, contacts: 0, verdicts: 0 };
      for (const { truth, occurredAt } of sample.slice(0, 1_500)) {
        const steps = planWork(7, {
          holder,
          truth,
          grade: 'warm',
          inquiredAt: occurredAt,
          assignedAt: new Date(occurredAt.getTime() + 60_000),
          respondBy: null,
          sequence: 1,
          product: null,
          givenName: null,
        });
        steps.forEach((step, index) => {
          if (index > 0 && step.at < steps[index - 1]!.at) throw new Error(`${key} step ${index} before the one before`);
        });
        for (const step of steps) {
          if (step.do === 'accept') tally.accepted++;
          if (step.do === 'activity') tally.contacts++;
          if (step.do === 'judge') tally.verdicts++;
          if (step.do === 'activity') expect([0, 6]).not.toContain(new Date(step.at.getTime() + holder.utcOffset * 3_600_000).getUTCDay());
        }
      }
      return tally;
    };
    const [best, worst] = [by('gulf'), by('ost')];
    expect(best.accepted).toBeGreaterThan(4 * worst.accepted);
    expect(best.contacts).toBeGreaterThan(20 * worst.contacts);
    expect(best.verdicts).toBeGreaterThan(20 * worst.verdicts);
  });
});

describe('dirty lists', () => {
  it('have thirteen columns, and their truth stays beside them', () => {
    const rows = [...dirtyRows({ seed: 5, count: 300, to })];
    for (const { row } of rows) expect(row).toHaveLength(dirtyColumns.length);
    expect(dirtyColumns).toHaveLength(13);
    const text = [...dirtyCsv({ seed: 5, count: 300, to })].join('');
    expect(text.split('\n')[0]).toBe(dirtyColumns.join(','));
    expect(text).not.toContain(rows[0]!.truth.episode);
  });
});
