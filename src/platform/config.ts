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
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  uploadMegabytesMax: z.coerce.number().int().min(1).max(4096).default(200),
  poolMax: z.coerce.number().int().min(2).max(100).default(12),
  /** Number of proxies in front that are trusted to name the caller's address. */
  trustedProxies: z.coerce.number().int().min(0).max(10).default(0),
});

export type Config = z.infer<typeof schema> & { dataDir: string };

const variables: Record<keyof z.infer<typeof schema>, string> = {
  dataDir: 'BATON_DATA_DIR',
  databaseUrl: 'DATABASE_URL',
  host: 'BATON_HOST',
  port: 'BATON_PORT',
  publicUrl: 'BATON_PUBLIC_URL',
  smtpUrl: 'BATON_SMTP_URL',
  mailFrom: 'BATON_MAIL_FROM',
  logLevel: 'BATON_LOG_LEVEL',
  uploadMegabytesMax: 'BATON_UPLOAD_MB_MAX',
  poolMax: 'BATON_POOL_MAX',
  trustedProxies: 'BATON_TRUSTED_PROXIES',
};

/** Reads the configuration once from the environment; every problem is reported in the one refusal. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given: Record<string, string> = {};
  for (const [key, name] of Object.entries(variables)) if (env[name]) given[key] = env[name]!;
  const known = new Set(Object.values(variables));
  const unknown = Object.keys(env).filter((name) => name.startsWith('BATON_') && !known.has(name));
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((i) => `${variables[i.path[0] as keyof typeof variables]}: ${i.message}`)),
    ...unknown.map((name) => `${name}: not a setting of Baton (see docs/operate.md)`),
  ];
  if (problems.length > 0 || !parsed.success) {
    throw new Refusal('invalid', 'platform/config', `The configuration has ${problems.length} problem(s):\n  ${problems.join('\n  ')}`);
  }
  return { ...parsed.data, dataDir: resolve(parsed.data.dataDir) };
}
