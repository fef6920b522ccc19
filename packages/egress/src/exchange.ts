import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { AnswerBody } from './answer-body.ts';
import type { Deadline } from './deadline.ts';
import { EgressError } from './errors.ts';

/** The start of an answer: its body is still to come. */
export type Answer = {
  readonly statusCode: number;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: AnswerBody;
};

type Options = Dispatcher.DispatchOptions;

/**
 * One request and its answer, on the transport's own callbacks: no stream and no signal is made for what is read at once. Rejects with
 * what the transport fails with, and when the deadline ends it.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Options,
  deadline: Deadline,
  maySend: () => boolean = always,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(options, new ExchangeHandler(options.body, deadline, maySend, { resolve, reject }));
  });
}

const always = (): boolean => true;

type Settling = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };

class ExchangeHandler implements Dispatcher.DispatchHandler {
  readonly #requestBody: Options['body'];
  readonly #maySend: () => boolean;
  readonly #settling: Settling;
  #controller: Dispatcher.DispatchController | undefined;
  #body: AnswerBody | undefined;
  #ended: Error | undefined;

  constructor(requestBody: Options['body'], deadline: Deadline, maySend: () => boolean, settling: Settling) {
    this.#requestBody = requestBody;
    this.#maySend = maySend;
    this.#settling = settling;
    deadline.ends(() => this.#end());
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ended !== undefined) controller.abort(this.#ended);
    else if (!this.#maySend())
      controller.abort(new EgressError('aborted', 'The request was taken back before it left.'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, statusCode: number, headers: Answer['headers']): void {
    // Interim answers say nothing that counts here (RFC 9110 §15.2).
    if (statusCode < 200) return;
    this.#body = new AnswerBody(controller);
    this.#settling.resolve({ statusCode, headers, body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error);
  }

  /** What waits for a connection cannot be taken back: it is aborted when it gets one. */
  #end(): void {
    this.#ended = new Error('the exchange was ended');
    this.#controller?.abort(this.#ended);
    this.#fail(this.#ended);
  }

  #fail(error: Error): void {
    if (this.#body === undefined) this.#settling.reject(error);
    else this.#body.fail(error);
    if (this.#requestBody instanceof Readable) this.#requestBody.on('error', () => undefined).destroy(error);
  }
}
