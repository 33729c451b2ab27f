import { describe, expect, test } from 'vitest';
import { audible, recentEvents } from './recent-events.rules.ts';

describe('what was announced meanwhile', () => {
  test('is told to whoever says where they stopped', () => {
    const recent = recentEvents('p1');
    const start = recent.lastId();
    expect(recent.since(start)).toEqual([]);
    recent.add(['lead', 'job']);
    const middle = recent.lastId();
    recent.add(['lead', 'import']);
    expect(recent.since(start)).toEqual(['lead', 'job', 'import']);
    expect(recent.since(middle)).toEqual(['lead', 'import']);
    expect(recent.since(recent.lastId())).toEqual([]);
  });
  test('is not known of another process, of the future, of long ago or of nonsense', () => {
    const recent = recentEvents('p1');
    for (let i = 0; i < 5000; i++) recent.add([`t${i}`]);
    expect(recent.since('p1-4999')).toEqual(['t4999']);
    for (const id of ['p2-4999', 'p1-5001', 'p1-10', 'p1', '', 'p1--1', 'p1-1e3']) expect.soft(recent.since(id), id).toBeUndefined();
  });
});

test('everybody hears words; what is for one user only that one; a partner no more than leads and settings', () => {
  const topics = ['lead', 'import', 'given:1@ana', 'given:2@ben'];
  expect(audible(topics, { userId: 'ana' })).toEqual(['lead', 'import', 'given:1']);
  expect(audible(topics, {})).toEqual(['lead', 'import']);
  expect(audible(topics, { userId: 'ben', holderId: 'h' })).toEqual(['lead', 'given:2']);
});
