import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Value } from '@patchbay/expression';
import type { Transformation, Transformer } from './contract.ts';
import { TransformError } from './errors.ts';
import type { ProcessAnswer } from './process/process-message.ts';

export type TransformerOptions = {
  /** How long one transformation may take, once its process can begin. */
  readonly timeoutMs?: number;
  readonly maximumMemoryMb?: number;
  /** A process that has had nothing to do for so long ends. */
  readonly idleMs?: number;
};

const defaults = { timeoutMs: 30_000, maximumMemoryMb: 512, idleMs: 30_000 };
/** How long a process may take until it can begin: a second where there is room, many on a machine that has none. */
const startTimeoutMs = 60_000;
/** Maps call themselves; what the main thread of a process may be given differs. */
const stackFlags = process.platform === 'win32' ? [] : ['--stack-size=6000'];

type Job = {
  readonly transformation: Transformation;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Creates a transformer over a process of its own, which starts with the first transformation and ends when there have been none for a while.
 * A thread would not do: one that runs out of memory can take its process along.
 */
export function createTransformer(options: TransformerOptions = {}): Transformer {
  return new ProcessTransformer({ ...defaults, ...options });
}

class ProcessTransformer implements Transformer {
  readonly #options: Required<TransformerOptions>;
  readonly #waiting: Job[] = [];
  #child: ChildProcess | undefined;
  #current: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isReady = false;
  #isClosed = false;

  constructor(options: Required<TransformerOptions>) {
    this.#options = options;
  }

  transform(transformation: Transformation, signal?: AbortSignal): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(closed());
        return;
      }
      this.#waiting.push({ transformation, signal, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const job of this.#waiting.splice(0)) job.reject(closed());
    this.#end(closed());
  }

  #next(): void {
    if (this.#current !== undefined) return;
    clearTimeout(this.#timer);
    const job = this.#waiting.shift();
    if (job === undefined) {
      this.#timer = setTimeout(() => this.#end(closed()), this.#options.idleMs);
      this.#timer.unref();
      return;
    }
    if (job.signal?.aborted === true) {
      job.reject(job.signal.reason);
      this.#next();
      return;
    }
    this.#current = job;
    const child = this.#child ?? this.#start();
    keepsAlive(child, true);
    this.#limit(this.#isReady ? this.#options.timeoutMs : startTimeoutMs);
    job.signal?.addEventListener('abort', () => this.#abort(job), { once: true });
    child.send(job.transformation);
  }

  #limit(timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(tooLong(timeoutMs)), timeoutMs);
  }

  #abort(job: Job): void {
    if (this.#current === job) this.#end(job.signal?.reason);
  }

  /** The process can read code, and nothing else: no writing, no processes, none of the server's environment. */
  #start(): ChildProcess {
    const { maximumMemoryMb } = this.#options;
    const child = fork(fileURLToPath(new URL('./process/transform-process.ts', import.meta.url)), {
      execArgv: [
        '--permission',
        '--allow-fs-read=*',
        '--allow-worker',
        `--max-old-space-size=${maximumMemoryMb}`,
        ...stackFlags,
      ],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    this.#isReady = false;
    child.on('message', (answer: ProcessAnswer) => this.#answered(child, answer));
    child.on('error', (error) => this.#lost(child, error));
    child.on('exit', () => this.#lost(child, undefined));
    return child;
  }

  #answered(child: ChildProcess, answer: ProcessAnswer): void {
    const job = this.#current;
    if (this.#child !== child || job === undefined) return;
    if (answer.kind === 'ready') {
      this.#isReady = true;
      this.#limit(this.#options.timeoutMs);
      return;
    }
    this.#current = undefined;
    keepsAlive(child, false);
    if (answer.kind === 'made') job.resolve(answer.value);
    else job.reject(new TransformError(answer.code, answer.message, { problems: answer.problems }));
    this.#next();
  }

  /** The process is gone by itself: out of memory or of stack. */
  #lost(child: ChildProcess, cause: Error | undefined): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    const { maximumMemoryMb } = this.#options;
    const message = `The transformation took more than ${maximumMemoryMb} MB of memory, or called itself too deeply.`;
    this.#fail(new TransformError('TransformationLimitExceeded', message, { cause }));
  }

  #end(reason: unknown): void {
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#timer);
    child?.kill('SIGKILL');
    this.#fail(reason);
  }

  #fail(reason: unknown): void {
    const job = this.#current;
    this.#current = undefined;
    if (job === undefined) return;
    job.reject(reason);
    this.#next();
  }
}

/** An idle process keeps the one that started it from ending as little as it can. */
function keepsAlive(child: ChildProcess, isNeeded: boolean): void {
  if (isNeeded) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function tooLong(timeoutMs: number): TransformError {
  return new TransformError(
    'TransformationLimitExceeded',
    `The transformation took longer than ${timeoutMs / 1000} s.`,
  );
}

function closed(): TransformError {
  return new TransformError('TransformationFailed', 'The transformer has been closed.');
}
