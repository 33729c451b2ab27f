import { resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

const schema = z.object({
  dataDir: z.string().default('./data'),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  host: z.string().default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65535).default(7700),
  /** How people reach this installation; links in mails start with it. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  smtpUrl: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  mailFrom: z.string().default('Baton <baton@localhost>'),
  /** Where people send lead mail: `leads@in.example.com`; programs and sources get `leads+KEY@in.example.com`. */
  leadMailAddress: z.email('must be a mail address like leads@in.example.com').toLowerCase().optional(),
  leadMailMegabytesMax: z.coerce.number().int().min(1).max(100).default(25),
  /** The port on which mail for these addresses is received; unset: none is. */
  leadSmtpPort: z.coerce.number().int().min(0).max(65535).optional(),
  leadSmtpHost: z.string().default('127.0.0.1'),
  leadSmtpCertificate: z.string().optional(),
  leadSmtpKey: z.string().optional(),
  /** A mailbox that is looked into instead, or as well. */
  leadImapUrl: z
    .string()
    .regex(/^imaps?:\/\//, 'must start with imap:// or imaps://')
    .optional(),
  leadImapSeconds: z.coerce.number().int().min(1).max(86_400).default(60),
  /** Who is asked whether the domains of people's mails take mail: "system", or name servers as 192.0.2.1 or 192.0.2.1:53, parted by commas; unset: nobody. */
  mailDomainDns: z
    .string()
    .regex(/^(system|[0-9a-fA-F.:[\]]+(\s*,\s*[0-9a-fA-F.:[\]]+)*)$/, 'must be "system" or addresses of name servers')
    .optional(),
  /** Hosts that are called on somebody's say-so although they are inside, separated by commas. */
  privateHosts: z
    .string()
    .default('')
    .transform((text) => text.toLowerCase().split(',').map((host) => host.trim()).filter(Boolean)),
  /** How often a partner's own systems may ask in a minute, all its tokens together. */
  partnerPerMinute: z.coerce.number().int().min(1).max(1_000_000).default(300),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  uploadMegabytesMax: z.coerce.number().int().min(1).max(4096).default(200),
  poolMax: z.coerce.number().int().min(2).max(100).default(12),
  /** Number of proxies in front that are trusted to name the caller's address. */
  trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
});

/** A key of an append service that the installation keeps, and the only address it goes to. */
export interface KeptKey {
  origin: string;
  key: string;
}
export type Config = z.infer<typeof schema> & { dataDir: string; /** by name */ appendKeys: Record<string, KeptKey> };

const keyPrefix = 'BATON_APPEND_KEY_';
const keptKey = /^(https?:\/\/\S+) (.+)$/;

const variables: Record<keyof z.infer<typeof schema>, string> = {
  dataDir: 'BATON_DATA_DIR',
  databaseUrl: 'DATABASE_URL',
  host: 'BATON_HOST',
  port: 'BATON_PORT',
  publicUrl: 'BATON_PUBLIC_URL',
  smtpUrl: 'BATON_SMTP_URL',
  mailFrom: 'BATON_MAIL_FROM',
  leadMailAddress: 'BATON_LEAD_MAIL_ADDRESS',
  leadMailMegabytesMax: 'BATON_LEAD_MAIL_MB_MAX',
  leadSmtpPort: 'BATON_LEAD_SMTP_PORT',
  leadSmtpHost: 'BATON_LEAD_SMTP_HOST',
  leadSmtpCertificate: 'BATON_LEAD_SMTP_CERT',
  leadSmtpKey: 'BATON_LEAD_SMTP_KEY',
  leadImapUrl: 'BATON_LEAD_IMAP_URL',
  leadImapSeconds: 'BATON_LEAD_IMAP_SECONDS',
  mailDomainDns: 'BATON_MAIL_DOMAIN_DNS',
  privateHosts: 'BATON_PRIVATE_HOSTS',
  partnerPerMinute: 'BATON_PARTNER_PER_MINUTE',
  logLevel: 'BATON_LOG_LEVEL',
  uploadMegabytesMax: 'BATON_UPLOAD_MB_MAX',
  poolMax: 'BATON_POOL_MAX',
  trustedProxies: 'BATON_TRUSTED_PROXIES',
};

/** Settings that mean nothing without another. */
function togetherProblems(given: Record<string, string>): string[] {
  const out: string[] = [];
  for (const name of ['leadSmtpPort', 'leadImapUrl'] as const) if (given[name] && !given['leadMailAddress']) out.push(`${variables[name]}: needs ${variables.leadMailAddress}, the address that lead mail is sent to`);
  if (Boolean(given['leadSmtpCertificate']) !== Boolean(given['leadSmtpKey'])) out.push(`${variables.leadSmtpCertificate} and ${variables.leadSmtpKey}: are given together`);
  return out;
}

/** Reads the configuration once from the environment; every problem is reported in the one refusal. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given: Record<string, string> = {};
  for (const [key, name] of Object.entries(variables)) if (env[name]) given[key] = env[name]!;
  const known = new Set(Object.values(variables));
  const unknown = Object.keys(env).filter((name) => name.startsWith('BATON_') && !known.has(name) && !name.startsWith(keyPrefix));
  const keys = Object.entries(env).flatMap(([name, value]) => (name.startsWith(keyPrefix) && value ? [{ name, found: keptKey.exec(value) }] : []));
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((i) => `${variables[i.path[0] as keyof typeof variables]}: ${i.message}`)),
    ...togetherProblems(given),
    ...keys.flatMap(({ name, found }) => (found && URL.canParse(found[1]!) ? [] : [`${name}: must be the service's address, a space, and the key: https://api.example.com Bearer …`])),
    ...unknown.map((name) => `${name}: not a setting of Baton (see docs/operate.md)`),
  ];
  if (problems.length > 0 || !parsed.success) {
    throw new Refusal('invalid', 'platform/config', `The configuration has ${problems.length} problem(s):\n  ${problems.join('\n  ')}`);
  }
  const appendKeys = Object.fromEntries(keys.map(({ name, found }) => [name.slice(keyPrefix.length), { origin: new URL(found![1]!).origin, key: found![2]! }]));
  return { ...parsed.data, dataDir: resolve(parsed.data.dataDir), appendKeys };
}
