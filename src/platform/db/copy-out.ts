import { createWriteStream, type WriteStream } from 'node:fs';
import type pg from 'pg';

const blockBytes = 256 * 1024;
/** A message is its kind (one byte), its length without the kind (four bytes), and what it says. */
const headerBytes = 5;
const copyData = 'd'.charCodeAt(0);

/**
 * Writes what a COPY … TO STDOUT says into a file. The server sends every row as a message of its own: they are taken from the connection
 * before the driver makes an object of each, and laid end to end in blocks; while the file falls behind, the connection waits.
 * @throws what the server or the file system says; the file is then left as far as it came
 */
export const copyOut = (client: pg.Client, text: string, file: string): Promise<void> =>
  new Promise((done, fail) => void client.query(new CopyOut(text, createWriteStream(file), (error) => (error ? fail(error) : done()))));

/** What `pg` calls until the server is ready again; meanwhile the connection's bytes go by here. */
class CopyOut {
  private connection: pg.Connection | undefined;
  /** the driver's own, for all messages that are not rows */
  private others: ((bytes: Buffer) => void)[] = [];
  private taking = false;
  /** of the message whose end is still to come: so many bytes, and whether it is a row */
  private left = 0;
  private isRow = false;
  /** the beginning of a message whose header is not whole yet */
  private rest: Buffer | undefined;
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
    this.others = connection.stream.listeners('data') as typeof this.others;
    connection.stream.removeAllListeners('data').on('data', this.take);
    this.taking = true;
    connection.query(this.text);
  }

  private readonly take = (chunk: Buffer): void => {
    const bytes = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    this.rest = undefined;
    // Whether nobody but the block has seen these bytes.
    let laidAll = true;
    let at = 0;
    while (at < bytes.length) {
      if (!this.taking) return this.tell(bytes.subarray(at));
      if (this.left === 0) {
        if (bytes.length - at < headerBytes) {
          this.rest = Buffer.from(bytes.subarray(at));
          break;
        }
        this.isRow = bytes[at] === copyData;
        this.left = 1 + bytes.readUInt32BE(at + 1);
        if (this.isRow) {
          at += headerBytes;
          this.left -= headerBytes;
        }
      }
      const to = Math.min(at + this.left, bytes.length);
      this.left -= to - at;
      if (this.isRow) this.lay(bytes, at, to);
      else {
        this.tell(bytes.subarray(at, to));
        laidAll = false;
      }
      at = to;
    }
    // Given back at once: left to be swept up, 300 MB of them have the whole heap marked seven times.
    if (laidAll && chunk.length === chunk.buffer.byteLength) (chunk.buffer as ArrayBuffer).transfer(0);
  };

  private tell(bytes: Buffer): void {
    for (const listener of this.others) listener(bytes);
  }

  private lay(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; ) {
      if (this.used === blockBytes) {
        this.write();
        this.block = this.free.pop() ?? Buffer.allocUnsafe(blockBytes);
      }
      const laid = bytes.copy(this.block, this.used, at, to);
      this.used += laid;
      at += laid;
    }
  }

  private write(): void {
    const { block, used } = this;
    this.used = 0;
    if (this.error || used === 0) return;
    const more = this.file.write(block.subarray(0, used), () => this.free.push(block));
    if (!more) this.connection!.stream.pause();
  }

  /** From here on the driver hears everything again. */
  private giveBack(): void {
    if (!this.taking) return;
    this.taking = false;
    const { stream } = this.connection!;
    stream.removeListener('data', this.take);
    for (const listener of this.others) stream.on('data', listener);
  }

  handleCommandComplete(): void {
    this.write();
  }

  handleReadyForQuery(): void {
    this.giveBack();
    // A file that is being ended says no more when it has caught up.
    this.connection!.stream.resume();
    if (this.error) this.end(this.error);
    else this.file.end((error?: Error | null) => this.end(error ?? undefined));
  }

  handleError(error: Error): void {
    this.giveBack();
    this.error ??= error;
    this.file.destroy();
    this.end(this.error);
  }
}
