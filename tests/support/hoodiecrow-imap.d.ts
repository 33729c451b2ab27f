/** What the tests use of it: an IMAP server in this process, whose only user is testuser with testpass. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';
  export interface ImapServer {
    server: Server;
    listen(port: number, listening: () => void): void;
    close(closed: () => void): void;
    getMailbox(path: string): { messages: { flags: string[]; raw: string; uid: number }[] };
    appendMessage(path: string, flags: string[], date: Date | null, raw: string): void;
  }
  export default function hoodiecrow(options: { plugins?: string[]; storage?: object }): ImapServer;
}
