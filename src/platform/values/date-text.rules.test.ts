import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateConvention, readDate, toInstant, toIsoDate } from './date-text.rules.ts';

const iso = (text: string, order?: 'dmy' | 'mdy') => {
  const read = readDate(text, order ? { order } : {});
  return read.value ? toInstant(read.value, 'UTC').toISOString().slice(0, 19) : read.problem;
};

describe('readDate', () => {
  it.each([
    ['2017-10-20', '2017-10-20T00:00:00'],
    ['2018-07-03 20:17:45', '2018-07-03T20:17:45'],
    ['2021-03-26T00:02:00Z', '2021-03-26T00:02:00'],
    ['2021-03-26T00:02:00.123+02:00', '2021-03-25T22:02:00'],
    ['2021-03-26T00:02:00-0500', '2021-03-26T05:02:00'],
    ['26 Mar, 2021 00:02:00', '2021-03-26T00:02:00'],
    ['08 Feb, 2021 00:12:00', '2021-02-08T00:12:00'],
    ['Mar 26, 2021', '2021-03-26T00:00:00'],
    ['March 26th, 2021 3:04 PM', '2021-03-26T15:04:00'],
    ['26-Mar-21', '2021-03-26T00:00:00'],
    ['26. März 2021', '2021-03-26T00:00:00'],
    ['26 de marzo de 2021', '2021-03-26T00:00:00'],
    ['3 août 2020', '2020-08-03T00:00:00'],
    ['Fri, 26 Mar 2021 00:02:00 GMT', '2021-03-26T00:02:00'],
    ['Fri Mar 26 2021 00:02:00 GMT+0100 (CET)', '2021-03-25T23:02:00'],
    ['Fri Mar 26 00:02:00 2021', '2021-03-26T00:02:00'],
    ['26.03.2021 14:30', '2021-03-26T14:30:00'],
    ['26/03/21', '2021-03-26T00:00:00'],
    ['20210326', '2021-03-26T00:00:00'],
    ['44281', '2021-03-26T00:00:00'],
    ['44281.5', '2021-03-26T12:00:00'],
    ['1616716800', '2021-03-26T00:00:00'],
    ['1616716800000', '2021-03-26T00:00:00'],
    ['Mar 2021', '2021-03-01T00:00:00'],
    ['12/31/1999', '“12/31/1999” has no month 31: this column is read as day-month-year.'],
    ['30.02.2021', '“30.02.2021” has no day 30 in month 2.'],
    ['next week', '“next week” is not a date Baton can read.'],
  ])('reads %s', (text, want) => expect(iso(text)).toBe(want));
  it('reads month first where the column says so', () => {
    expect(iso('12/31/1999 11:59 PM', 'mdy')).toBe('1999-12-31T23:59:00');
    expect(iso('03/04/2021', 'mdy')).toBe('2021-03-04T00:00:00');
  });
  it('knows whether a time was written', () => {
    expect(readDate('2017-10-20').value?.hasTime).toBe(false);
    expect(readDate('2017-10-20 00:00:00').value?.hasTime).toBe(true);
  });
  it('reads every day as every common form prints it', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (date) => {
        const day = date.toISOString().slice(0, 10);
        const [y, m, d] = day.split('-');
        for (const text of [day, `${d}/${m}/${y}`, `${d}.${m}.${y}`, date.toUTCString(), `${y}${m}${d}`]) {
          expect(toIsoDate(readDate(text).value!)).toBe(day);
        }
        expect(toIsoDate(readDate(`${m}/${d}/${y}`, { order: 'mdy' }).value!)).toBe(day);
      }),
    );
  });
});

describe('dateConvention', () => {
  it('finds the order from a value that fits only one', () => {
    expect(dateConvention(['03/04/2021', '26/03/2021'], 'mdy')).toMatchObject({
      order: 'dmy',
      reason: expect.stringContaining('26/03/2021'),
    });
    expect(dateConvention(['03/04/2021', '03/26/2021'], 'dmy')).toMatchObject({ order: 'mdy' });
  });
  it('falls back on date order in the file, then on the company', () => {
    const sorted = ['01/02/2021', '02/02/2021', '05/02/2021', '09/02/2021', '01/03/2021', '04/03/2021', '02/04/2021'];
    expect(dateConvention(sorted, 'mdy').order).toBe('dmy');
    expect(dateConvention(['01/02/2021'], 'mdy').order).toBe('mdy');
  });
  it('sees day numbers of spreadsheets', () => expect(dateConvention(['44281', '44282.25'], 'dmy').serial).toBe(true));
});

describe('toInstant', () => {
  it('respects the zone and its summer time', () => {
    expect(toInstant(readDate('2021-07-01 12:00').value!, 'Europe/Berlin').toISOString()).toBe('2021-07-01T10:00:00.000Z');
    expect(toInstant(readDate('2021-01-01 12:00').value!, 'America/New_York').toISOString()).toBe('2021-01-01T17:00:00.000Z');
  });
});
