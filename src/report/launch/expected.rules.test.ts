import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrivalsOf, leadsExpected, likePrograms, spanOf, type PastProgram, type Planned } from './expected.rules.ts';

const planned: Planned = { id: 'new', channel: 'Trade show', startsOn: '2027-03-01', endsOn: '2027-03-05', goalLeads: null, goalInquiries: null };
const past = (id: string, startsOn: string | null, leads: [string, number][], given: Partial<PastProgram> = {}): PastProgram => ({
  id,
  name: id,
  channel: 'trade show ',
  startsOn,
  endsOn: null,
  days: leads.map(([on, count]) => ({ on, leads: count, inquiries: 2 * count })),
  ...given,
});
const today = '2027-01-15';
const like = (...programs: PastProgram[]) => likePrograms(planned, programs, today);

describe('programs like it', () => {
  test('are of its channel, whatever its spelling, else any; counted by week from their start on, what came before in the first', () => {
    const fair = past('fair', '2026-03-02', [['2026-02-20', 1], ['2026-03-04', 5], ['2026-03-09', 2], ['2027-01-01', 9]]);
    const mail = past('mail', '2026-05-01', [['2026-05-02', 3]], { channel: 'Email' });
    expect(like(fair, mail)).toMatchObject({ byChannel: true, like: [{ id: 'fair', leads: 8, inquiries: 16 }] });
    expect(like(fair).like[0]!.weeks.slice(0, 3)).toEqual([6, 2, 0]);
    expect(like(mail)).toMatchObject({ byChannel: false, like: [{ id: 'mail' }] });
  });

  test('without a first day they begin with their first lead; one without a lead, itself, or too young to tell is none', () => {
    expect(like(past('old', null, [['2026-06-01', 0], ['2026-06-03', 2]])).like).toMatchObject([{ startsOn: '2026-06-03' }]);
    expect(like(past('new', '2026-01-01', [['2026-01-02', 4]]), past('idle', '2026-01-01', []), past('young', '2026-12-01', [['2026-12-02', 4]])).like).toEqual([]);
    // Young, but over for four weeks.
    expect(like(past('short', '2026-12-01', [['2026-12-02', 4]], { endsOn: '2026-12-05' })).like).toHaveLength(1);
  });

  test('run about as long, where that is known', () => {
    const week = past('week', '2026-03-02', [['2026-03-02', 1]], { endsOn: '2026-03-06' });
    const year = past('year', '2026-01-02', [['2026-03-02', 1]], { endsOn: '2026-11-06' });
    expect(like(week, year).like.map(({ id }) => id)).toEqual(['week']);
    expect(like(year).like.map(({ id }) => id)).toEqual(['year']);
    expect(spanOf(planned)).toBe(13);
    expect(spanOf({ startsOn: '2027-01-01', endsOn: '2027-12-31' })).toBe(52);
  });
});

describe('how many and when', () => {
  const three = like(...[4, 10, 40].map((count, i) => past(`p${i}`, '2026-03-02', [['2026-03-02', count / 2], ['2026-03-16', count / 2]]))).like;

  test('as asked, by its goal, by its goal of inquiries, by the median of those', () => {
    expect(leadsExpected({ goalLeads: 30, goalInquiries: 100 }, three, 7)).toMatchObject({ leads: 7, basis: 'asked' });
    expect(leadsExpected({ goalLeads: 30, goalInquiries: 100 }, three, undefined)).toMatchObject({ leads: 30, basis: 'goal' });
    expect(leadsExpected({ goalLeads: null, goalInquiries: 100 }, three, undefined)).toEqual({ leads: 50, basis: 'inquiries', share: 0.5 });
    expect(leadsExpected({ goalLeads: null, goalInquiries: null }, three, undefined)).toMatchObject({ leads: 10, basis: 'history' });
    expect(leadsExpected({ goalLeads: null, goalInquiries: null }, three.slice(1), undefined)).toMatchObject({ leads: 25 });
    expect(leadsExpected({ goalLeads: null, goalInquiries: 100 }, [], undefined)).toEqual({ leads: 0, basis: 'nothing', share: null });
  });

  test('when theirs came; else evenly over its weeks', () => {
    expect(arrivalsOf(planned, three)).toEqual([0.5, 0, 0.5]);
    expect(arrivalsOf({ startsOn: '2027-03-01', endsOn: '2027-03-20' }, [])).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(arrivalsOf({ startsOn: null, endsOn: null }, [])).toHaveLength(4);
  });

  test('whatever came, the parts add up to all', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 9 })), { maxLength: 9 }), { maxLength: 4 }), (programs) => {
        const day = (after: number): string => new Date(Date.UTC(2026, 0, 5 + after)).toISOString().slice(0, 10);
        const found = like(...programs.map((days, i) => past(`p${i}`, day(10), days.map(([after, leads]): [string, number] => [day(after), leads]))));
        const parts = arrivalsOf(planned, found.like);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });
});
