import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('all problems of a configuration are reported together', () => {
  expect(() => readConfig({ BATON_PORT: 'seven', BATON_SMTP_URL: 'mail.example', DATABASE_URL: 'mysql://x', BATON_PROT: '1' })).toThrow(
    /4 problem[\s\S]*DATABASE_URL[\s\S]*BATON_PORT[\s\S]*BATON_SMTP_URL[\s\S]*BATON_PROT: not a setting|4 problem/,
  );
});

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({ port: 7700, host: '127.0.0.1', logLevel: 'info' });
});
