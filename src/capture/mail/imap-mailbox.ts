import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../platform/context.ts';
import type { OpenDoor } from '../../platform/room.ts';
import { keepMail } from './keep-mail.ts';
import { doorOfAddress } from './lead-address.ts';
import type { MailDoor } from './lead-address.ts';
import { deliveredTo } from './parse-mail.ts';

const atOnce = 200;

interface Mailbox {
  folder: string;
  /** Where mails go once they are kept; without it they are marked as read, and only unread ones are looked at. */
  done: string | undefined;
  options: ImapFlowOptions;
}

/** 'imaps://user:password@host/Folder?done=Archive'; `tls=off` for a server on the same machine that speaks plainly. */
export function readMailbox(url: string): Mailbox {
  const at = new URL(url);
  const secure = at.protocol === 'imaps:';
  return {
    folder: decodeURIComponent(at.pathname.slice(1)) || 'INBOX',
    done: at.searchParams.get('done') || undefined,
    options: {
      host: at.hostname,
      port: Number(at.port || (secure ? 993 : 143)),
      secure,
      ...(at.searchParams.get('tls') === 'off' ? { doSTARTTLS: false } : secure ? {} : { doSTARTTLS: true }),
      auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) },
      logger: false,
      connectionTimeout: 30_000,
      socketTimeout: 120_000,
    },
  };
}

/**
 * Takes the mails out of a mailbox: each is kept here first, and only then marked as read or moved away, so that nothing is lost whatever dies.
 * What it is addressed to says whose it is; what names none of our addresses is the company's. Returns how many were new here.
 */
export async function emptyMailbox(cx: Context, { folder, done, options }: Mailbox, passedOver: Set<number>): Promise<number> {
  const client = new ImapFlow(options);
  // An error outside any command ends the connection, which the command at hand then tells.
  client.on('error', () => {});
  let fresh = 0;
  await client.connect();
  try {
    const lock = await client.getMailboxLock(folder);
    try {
      const found = (await client.search(done ? { all: true } : { seen: false }, { uid: true })) || [];
      for (const uid of found.filter((one) => !passedOver.has(one)).slice(0, atOnce)) {
        const sized = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true });
        if (!sized) continue;
        const isLarge = (sized.size ?? 0) > cx.config.leadMailMegabytesMax * 1_048_576;
        const raw = isLarge ? undefined : (await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true }) || undefined)?.source;
        const door = raw && (await doorOfMail(cx, raw));
        if (!raw || !door) {
          passedOver.add(uid);
          cx.log.warn({ uid, folder }, isLarge ? 'a mail is larger than BATON_LEAD_MAIL_MB_MAX and stays in the mailbox' : 'a mail names no workspace and stays in the mailbox');
          continue;
        }
        const { kept } = await keepMail(cx, [door], { raw, via: 'imap', sentAt: sized.internalDate ? new Date(sized.internalDate) : null });
        fresh += kept;
        await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
        if (done) await client.messageMove(String(uid), done, { uid: true });
      }
    } finally {
      lock.release();
    }
  } finally {
    await client.logout().catch(() => client.close());
  }
  return fresh;
}

async function doorOfMail(cx: Context, raw: Buffer): Promise<MailDoor | undefined> {
  let bare: MailDoor | undefined;
  for (const address of await deliveredTo(raw).catch(() => [])) {
    const door = await doorOfAddress(cx, address);
    if (door && address.toLowerCase() !== cx.config.leadMailAddress) return door;
    bare ??= door;
  }
  return bare ?? doorOfAddress(cx, cx.config.leadMailAddress!);
}

/** Looks into the mailbox of BATON_LEAD_IMAP_URL again and again; undefined when that is unset. */
export async function openImapMailbox(cx: Context): Promise<OpenDoor | undefined> {
  const { leadImapUrl, leadImapSeconds } = cx.config;
  if (!leadImapUrl) return undefined;
  const mailbox = readMailbox(leadImapUrl);
  const stopping = new AbortController();
  const passedOver = new Set<number>();
  let failing = false;
  const round = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await emptyMailbox(cx, mailbox, passedOver);
        if (failing) cx.log.info('the mailbox for lead mail answers again');
        failing = false;
      } catch (error) {
        // Said once, not every minute.
        if (!failing) cx.log.error({ err: error }, 'the mailbox for lead mail could not be looked into; it is tried again and again');
        failing = true;
      }
      await pause(leadImapSeconds * 1000, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const rounds = round();
  return {
    name: `mailbox ${mailbox.folder} at ${String(mailbox.options.host)}`,
    port: null,
    async stop() {
      stopping.abort();
      await Promise.race([rounds, pause(5000, undefined, { ref: false })]);
    },
  };
}
