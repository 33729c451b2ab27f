import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerAddress, SMTPServerDataStream } from 'smtp-server';
import type { Context } from '../../platform/context.ts';
import type { OpenDoor } from '../../platform/room.ts';
import { keepMail } from './keep-mail.ts';
import { doorOfAddress } from './lead-address.ts';
import type { MailDoor } from './lead-address.ts';

const clientsMax = 100;
const recipientsMax = 50;
/** Mails a minute from one address; beyond that it is asked to come again later, which every mail server does. */
const mailsPerMinute = 300;

/** An answer as SMTP gives it: 4xx come again, 5xx never. */
const answer = (code: number, sentence: string): Error => Object.assign(new Error(sentence), { responseCode: code });

const unknown = (): Error => answer(550, '5.1.1 Nobody is known here by this address');

/** What fails for a reason of ours is no fault of the mail's: it may come again. */
async function answerWith(cx: Context, done: (error?: Error | null, said?: string) => void, work: () => Promise<string | void>): Promise<void> {
  try {
    const said = await work();
    done(null, said ?? undefined);
  } catch (error) {
    if ((error as { responseCode?: number }).responseCode) return done(error as Error);
    cx.log.error({ err: error }, 'a mail could not be taken in');
    done(answer(451, '4.3.0 It could not be kept, please try again later'));
  }
}

/**
 * Receives mail for the addresses of programs, sources and the company, and for nothing else: it relays nothing and takes no passwords. A mail
 * is answered with 250 once it is on the disk. Listens where BATON_LEAD_SMTP_PORT says; undefined when that is unset.
 */
export async function openSmtpReceiver(cx: Context): Promise<OpenDoor | undefined> {
  const { leadSmtpPort: port, leadSmtpHost: host, leadSmtpCertificate, leadSmtpKey, leadMailMegabytesMax } = cx.config;
  if (port === undefined) return undefined;
  const bytesMax = leadMailMegabytesMax * 1_048_576;
  const rate = rateLimit(mailsPerMinute);
  const server = new SMTPServer({
    banner: 'Baton takes inquiries',
    authOptional: true,
    hideSize: false,
    size: bytesMax,
    maxClients: clientsMax,
    socketTimeout: 120_000,
    closeTimeout: 5000,
    disableReverseLookup: true,
    ...(leadSmtpCertificate && leadSmtpKey ? { cert: readFileSync(leadSmtpCertificate), key: readFileSync(leadSmtpKey), disabledCommands: ['AUTH'] } : { disabledCommands: ['AUTH', 'STARTTLS'] }),
    onMailFrom(_from, session, done) {
      if (!rate(session.remoteAddress)) return done(answer(451, '4.7.1 Too many mails at once, please come again in a minute'));
      done();
    },
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= recipientsMax) return done(answer(452, '4.5.3 Too many recipients, send the others another time'));
      void answerWith(cx, done, async () => {
        if (!(await doorOfAddress(cx, address))) throw unknown();
      });
    },
    onData(stream, session, done) {
      void answerWith(cx, done, async () => {
        const raw = await takeIn(stream, bytesMax);
        if (!raw) throw answer(552, `5.3.4 A mail may have ${leadMailMegabytesMax} MB at most`);
        const doors = await doorsOf(cx, session.envelope.rcptTo);
        if (doors.length === 0) throw unknown();
        const { again } = await keepMail(cx, doors, { raw, via: 'smtp' });
        return again > 0 ? '2.0.0 It was here already' : '2.0.0 It is kept';
      });
    },
  });
  // Strangers hang up in the middle of a sentence: no reason to end.
  server.on('error', (error: Error & { remote?: string }) => cx.log.debug({ err: error }, 'a sender of mail went away'));
  await new Promise<void>((listening, failed) => {
    server.server.once('error', (error: Error & { code?: string }) => failed(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? Object.assign(new Error(`Port ${port} for lead mail ${error.code === 'EACCES' ? 'may not be opened by this user' : 'is taken'}. Set BATON_LEAD_SMTP_PORT to another.`), { plain: true }) : error));
    server.listen(port, host, listening);
  });
  const at = server.server.address();
  return { name: `lead mail at ${host}`, port: typeof at === 'object' && at ? at.port : port, stop: () => new Promise((stopped) => server.close(() => stopped())) };
}

/** The doors of a mail's recipients, those of a program or source before that of the company. */
async function doorsOf(cx: Context, recipients: readonly Pick<SMTPServerAddress, 'address'>[]): Promise<MailDoor[]> {
  const bare = cx.config.leadMailAddress;
  const sorted = recipients.toSorted((a, b) => Number(a.address.toLowerCase() === bare) - Number(b.address.toLowerCase() === bare));
  const doors = await Promise.all(sorted.map(({ address }) => doorOfAddress(cx, address)));
  return doors.filter((door) => door !== undefined);
}

/** The whole mail, or undefined when it is larger than it may be: the rest is let flow by, so that the sender hears why. */
async function takeIn(stream: SMTPServerDataStream, bytesMax: number): Promise<Buffer | undefined> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bytesMax) parts = [];
    else parts.push(part);
  }
  return stream.sizeExceeded || bytes > bytesMax ? undefined : Buffer.concat(parts);
}

/** Counts by remote address in windows of a minute. */
function rateLimit(perMinute: number): (remote: string) => boolean {
  const counts = new Map<string, number>();
  let windowEnds = 0;
  return (remote) => {
    const now = Date.now();
    if (now >= windowEnds) {
      counts.clear();
      windowEnds = now + 60_000;
    }
    const count = (counts.get(remote) ?? 0) + 1;
    counts.set(remote, count);
    return count <= perMinute;
  };
}
