import { createWriteStream, type WriteStream } from 'node:fs';
import type pg from 'pg';

const blockBytes = 256 * 1024;

/**
 * Writes what a COPY … TO STDOUT says into a file. The server sends every row as a message of its own: they are laid end to end in blocks,
 * which takes half the time of a stream that is pushed row by row; while the file falls behind, the connection waits.
 * @throws what the server or the file system says; the file is then left as far as it came
 */
export const copyOut = (client: pg.Client, text: string, file: string): Promise<void> =>
  new Promise((done, fail) => void client.query(new CopyOut(text, createWriteStream(file), (error) => (error ? fail(error) : done()))));

/** What `pg` calls with each message of the server until it is ready again. */
class CopyOut {
  private connection: pg.Connection | undefined;
  private block: Buffer = Buffer.allocUnsafe(blockBytes);
  /** blocks that are written: new ones all the time would have the heap swept again and again */
  private readonly free: Buffer[] = [];
  private used = 0;
  private error: Error | undefined;
  private readonly text: string;
  private readonly file: WriteStream;
  private readonly end: (error?: Error) => void;

  constructor(text: string, file: WriteStream, end: (error?: Error) => void) {
    this.text = text;
    this.file = file;
    this.end = end;
    // What still comes is thrown away; the server is not told to stop, it is soon done.
    file.on('error', (error) => {
      this.error ??= error;
      this.connection?.stream.resume();
    });
    file.on('drain', () => this.connection?.stream.resume());
  }

  submit(connection: pg.Connection): void {
    this.connection = connection;
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.used + chunk.length > this.block.length) {
      this.write();
      this.block = chunk.length > blockBytes ? Buffer.allocUnsafe(chunk.length) : (this.free.pop() ?? Buffer.allocUnsafe(blockBytes));
    }
    this.used += chunk.copy(this.block, this.used);
  }

  private write(): void {
    const { block, used } = this;
    this.used = 0;
    if (this.error || used === 0) return;
    const more = this.file.write(block.subarray(0, used), () => {
      if (block.length === blockBytes) this.free.push(block);
    });
    if (!more) this.connection!.stream.pause();
  }

  handleCommandComplete(): void {
    this.write();
  }

  handleReadyForQuery(): void {
    // A file that is being ended says no more when it has caught up.
    this.connection!.stream.resume();
    if (this.error) this.end(this.error);
    else this.file.end((error?: Error | null) => this.end(error ?? undefined));
  }

  handleError(error: Error): void {
    this.error ??= error;
    this.file.destroy();
    this.end(this.error);
  }
}
