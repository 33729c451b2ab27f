import { pino, destination } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Structured logs on standard error. Personal data never goes in: ids, counts and codes only; these paths are a safety net. */
export function openLog(level: string): Logger {
  return pino(
    {
      level,
      base: { service: 'baton' },
      redact: {
        paths: ['email', 'phone', 'name', '*.email', '*.phone', '*.name', 'req.headers', 'body', 'password', 'token'],
        censor: '[kept out]',
      },
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination({ fd: 2, sync: false }),
  );
}
