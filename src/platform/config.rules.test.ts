import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('all problems of a configuration are reported together', () => {
  expect(() => readConfig({ BATON_PORT: 'seven', BATON_SMTP_URL: 'mail.example', DATABASE_URL: 'mysql://x', BATON_PROT: '1' })).toThrow(
    /4 problem[\s\S]*DATABASE_URL[\s\S]*BATON_PORT[\s\S]*BATON_SMTP_URL[\s\S]*BATON_PROT: not a setting|4 problem/,
  );
});

test('keys of services are kept by name, each for one address', () => {
  expect(readConfig({ BATON_APPEND_KEY_ACME: 'https://api.acme.example/v1 Bearer x y' }).appendKeys).toEqual({ ACME: { origin: 'https://api.acme.example', key: 'Bearer x y' } });
  expect(() => readConfig({ BATON_APPEND_KEY_ACME: 'Bearer x' })).toThrow(/BATON_APPEND_KEY_ACME: must be/);
});

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({ port: 7700, host: '127.0.0.1', logLevel: 'info' });
});

test('what means nothing without another setting is said', () => {
  expect(() => readConfig({ BATON_LEAD_SMTP_PORT: '2525', BATON_LEAD_SMTP_CERT: 'a.pem' })).toThrow(/2 problem[\s\S]*BATON_LEAD_SMTP_PORT: needs BATON_LEAD_MAIL_ADDRESS[\s\S]*BATON_LEAD_SMTP_KEY/);
  expect(readConfig({ BATON_LEAD_SMTP_PORT: '2525', BATON_LEAD_MAIL_ADDRESS: 'Leads@In.Example' })).toMatchObject({ leadSmtpPort: 2525, leadMailAddress: 'leads@in.example' });
});
