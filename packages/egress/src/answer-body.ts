import { Readable, type Writable } from 'node:stream';

/** Where a body goes. `write` answers whether more may come at once; if not, {@link AnswerBody.resume} is called later. */
type Sink = {
  readonly write: (chunk: Buffer) => boolean;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
};

/** What a body needs of its transport. */
type Transport = { readonly pause: () => void; readonly resume: () => void; readonly abort: (reason: Error) => void };

/** So much is kept for who has not asked for the body yet; then the transport waits. */
const maxKeptBytes = 64 * 1024;

/** A body that arrives, to be taken once: whole, as a stream, or passed on. What comes before it is asked for is kept. */
export class AnswerBody {
  readonly #transport: Transport;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #sink: Sink | undefined;
  #state: 'open' | 'ended' | Error = 'open';

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The transport's side: a part has come. */
  push(chunk: Buffer): void {
    if (this.#sink !== undefined) {
      if (!this.#sink.write(chunk)) this.#transport.pause();
      return;
    }
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    if (this.#keptBytes > maxKeptBytes) this.#transport.pause();
  }

  /** The transport's side: all of it has come. */
  end(): void {
    this.#state = 'ended';
    this.#sink?.end();
  }

  /** The transport's side: it broke off. */
  fail(error: Error): void {
    if (this.#state !== 'open') return;
    this.#state = error;
    this.#sink?.fail(error);
  }

  /** Stops the transport where more would come, and fails what reads. */
  abort(reason: Error): void {
    if (this.#state !== 'open') return;
    this.#transport.abort(reason);
    this.fail(reason);
  }

  /** The body whole; fails with what `tooLarge` makes when there is more than so many bytes. */
  collect(maxBytes: number, tooLarge: () => Error): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      this.#give({
        write: (chunk) => {
          size += chunk.length;
          if (size <= maxBytes) chunks.push(chunk);
          else this.abort(tooLarge());
          return true;
        },
        end: () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
        fail: reject,
      });
    });
  }

  /** Passes the body on as it comes and resolves when that is over; a body that breaks off breaks the destination off. */
  pipe(destination: Writable): Promise<void> {
    if (this.#state === 'ended' && this.#kept.length === 1) {
      // A short answer, as most are, came with its head: it goes out with its head as well.
      const [only] = this.#kept;
      this.#give({ write: () => true, end: () => destination.end(only), fail: () => undefined });
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const onDrain = (): void => this.#transport.resume();
      const onClose = (): void => {
        this.abort(new Error('the reader is gone'));
        resolve();
      };
      destination.on('drain', onDrain).once('close', onClose);
      this.#give({
        write: (chunk) => destination.write(chunk),
        end: () => {
          destination.off('drain', onDrain).off('close', onClose).end();
          resolve();
        },
        fail: (error) => {
          destination.off('drain', onDrain).off('close', onClose).destroy(error);
          resolve();
        },
      });
    });
  }

  stream(): Readable {
    const readable = new Readable({
      read: () => this.#transport.resume(),
      destroy: (error, done) => {
        this.abort(error ?? new Error('the reader is gone'));
        done(error);
      },
    });
    this.#give({
      write: (chunk) => readable.push(chunk),
      end: () => readable.push(null),
      fail: (error) => readable.destroy(error),
    });
    return readable;
  }

  #give(sink: Sink): void {
    if (this.#sink !== undefined) throw new Error('The body has been taken already.');
    this.#sink = sink;
    const kept = this.#kept;
    this.#kept = [];
    for (const chunk of kept) sink.write(chunk);
    if (this.#state === 'ended') sink.end();
    else if (this.#state !== 'open') sink.fail(this.#state);
    else if (this.#keptBytes > maxKeptBytes) this.#transport.resume();
  }
}
