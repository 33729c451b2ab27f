import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { afterAttempt, afterRound, messageId, signedHeaders, writeBody, writeSecret } from './webhook.rules.ts';

const now = new Date('2026-03-02T09:00:00.700Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const hour = 3_600_000;
const failed = { status: 500, retryAfterSeconds: null };

describe('a signature as Standard Webhooks has it', () => {
  test('the worked example of the standard', () => {
    const body = '{"test": 2432232314}';
    const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1_614_265_330_000), body, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
  test('two secrets sign while one is being changed', () => {
    const secrets = [writeSecret(Buffer.alloc(32, 1)), writeSecret(Buffer.alloc(32, 2))];
    const signatures = signedHeaders('msg_1', now, '{}', secrets)['webhook-signature']!.split(' ');
    const signed = (byte: number): string => `v1,${createHmac('sha256', Buffer.alloc(32, byte)).update('msg_1.1772442000.{}').digest('base64')}`;
    expect(signatures).toEqual([signed(1), signed(2)]);
  });
  test('an id without dashes, and a test without a lead', () => {
    expect(messageId('019cadc6-9a80-7001-85f4-03a3dc9e734d')).toBe('msg_019cadc69a80700185f403a3dc9e734d');
    expect(JSON.parse(writeBody({ event: 'ping', at: now, leadId: null, lead: undefined, fact: null }))).toEqual({ type: 'ping', timestamp: now.toISOString(), data: {} });
  });
  test('what is told of a fact never names who else has the lead', () => {
    const fact = { leadId: 'l', holderId: 'h', fromHolderId: 'f', toHolderId: 't', assignmentId: 'a', verdict: 'bad', reason: null };
    expect(JSON.parse(writeBody({ event: 'lead.judged', at: now, leadId: 'l', lead: undefined, fact })).data).toEqual({ leadId: 'l', detail: { verdict: 'bad', reason: null }, lead: null });
  });
});

describe('trying again', () => {
  test('sooner at first, then ever later, over two days, spread by a tenth at most', () => {
    const waits: number[] = [];
    for (let attempts = 0; ; attempts++) {
      const next = afterAttempt({ id: 'd', attempts }, failed, now);
      if (next.state === 'failed') break;
      expect(next.state).toBe('waiting');
      waits.push((next.dueAt.getTime() - now.getTime()) / 1000);
    }
    const plain = [5, 300, 1800, 7200, 18_000, 36_000, 43_200, 50_400];
    expect(waits).toHaveLength(plain.length);
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(plain[i]!);
      expect(wait).toBeLessThanOrEqual(plain[i]! * 1.1);
    });
    expect(plain.reduce((a, b) => a + b) / 3600).toBeCloseTo(43.6, 1);
  });
  test('later where the other asks for it, but within a day', () => {
    const at = (retryAfterSeconds: number): number => afterAttempt({ id: 'd', attempts: 0 }, { status: 429, retryAfterSeconds }, now).dueAt.getTime() - now.getTime();
    expect(at(600)).toBe(600_000);
    expect(at(10_000_000)).toBe(24 * hour);
  });
  test.each([[200, 'delivered'], [204, 'delivered'], [301, 'waiting'], [404, 'waiting'], [500, 'waiting'], [null, 'waiting']] as const)('%s is %s', (status, state) =>
    expect(afterAttempt({ id: 'd', attempts: 0 }, { status, retryAfterSeconds: null }, now).state).toBe(state),
  );
});

describe('a receiver that does not answer', () => {
  const well = { failures: 0, failingSince: null, nextAt: null };
  test('is called ever more rarely, at least every five minutes', () => {
    let health: ReturnType<typeof afterRound> = { ...well, pausedWhy: null };
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      health = afterRound(health, [failed], now);
      waits.push((health.nextAt!.getTime() - now.getTime()) / 1000);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
    expect(health).toMatchObject({ failures: 9, failingSince: now, pausedWhy: null });
  });
  test('one success of several and all is well', () => {
    expect(afterRound({ failures: 4, failingSince: now, nextAt: now }, [failed, { status: 200, retryAfterSeconds: null }], now)).toEqual({ ...well, pausedWhy: null });
  });
  test('rests after two days, and at once when it says it is gone', () => {
    const since = { failures: 200, failingSince: now, nextAt: now };
    expect(afterRound(since, [failed], later(42 * hour)).pausedWhy).toBeNull();
    expect(afterRound(since, [failed], later(43 * hour)).pausedWhy).toMatch(/two days/);
    expect(afterRound(well, [{ status: 410, retryAfterSeconds: null }], now).pausedWhy).toMatch(/410/);
  });
});
