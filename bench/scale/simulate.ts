/** What one run costs each part, in milliseconds of its CPU. */
export type ServiceTimes = {
  readonly webMs: number;
  readonly workerMs: number;
  readonly postgresMs: number;
  readonly redisMs: number;
};

export type SimulationInput = {
  readonly times: ServiceTimes;
  readonly workers: number;
  /** Of all PostgreSQL servers together. */
  readonly postgresCores: number;
  readonly redisServers: number;
  /** Whether web processes (half as many as workers) leave runs to workers; else each process does both, and short runs never see Redis. */
  readonly handsOver: boolean;
  /** Runs that come a second. */
  readonly rate: number;
  readonly runs: number;
};

export type SimulationResult = {
  /** Runs that ended a second. */
  readonly throughput: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Shares of their time in which these are at work. */
  readonly busy: { readonly worker: number; readonly postgres: number; readonly redis: number };
};

/** Servers with one queue, each customer going to the one that is free first. */
class Station {
  readonly #freeAt: number[];
  #workedMs = 0;

  constructor(servers: number) {
    this.#freeAt = Array.from({ length: servers }, () => 0);
  }

  /** When a customer that comes at a time and takes so long has been served. */
  serve(atMs: number, takesMs: number): number {
    let first = 0;
    for (let index = 1; index < this.#freeAt.length; index++) {
      if ((this.#freeAt[index] ?? 0) < (this.#freeAt[first] ?? 0)) first = index;
    }
    const doneMs = Math.max(atMs, this.#freeAt[first] ?? 0) + takesMs;
    this.#freeAt[first] = doneMs;
    this.#workedMs += takesMs;
    return doneMs;
  }

  busyOver(ms: number): number {
    return this.#workedMs / (this.#freeAt.length * ms);
  }
}

type Visit = readonly [station: 'web' | 'worker' | 'postgres' | 'redis', meanMs: number];

/** Where a run goes and how long it takes there: recorded, queued, claimed, advanced, recorded, done. */
function pathOf({ webMs, workerMs, postgresMs, redisMs }: ServiceTimes, handsOver: boolean): readonly Visit[] {
  if (!handsOver) {
    return [
      ['worker', webMs + 0.3 * workerMs],
      ['postgres', 0.5 * postgresMs],
      ['worker', 0.7 * workerMs],
      ['postgres', 0.5 * postgresMs],
    ];
  }
  return [
    ['web', webMs],
    ['postgres', 0.3 * postgresMs],
    ['redis', 0.4 * redisMs],
    ['worker', 0.3 * workerMs],
    ['postgres', 0.3 * postgresMs],
    ['worker', 0.7 * workerMs],
    ['postgres', 0.4 * postgresMs],
    ['redis', 0.6 * redisMs],
  ];
}

/**
 * Plays runs that come by chance (Poisson) through a network of queues: web processes, workers, PostgreSQL with its cores, Redis. Service times are exponential around what was measured. Group commits make PostgreSQL's share smaller under load than it is
 * here, and waiting for disks and networks is left out.
 */
export function simulate(input: SimulationInput): SimulationResult {
  const { times, workers, postgresCores, redisServers, handsOver, rate, runs } = input;
  const path = pathOf(times, handsOver);
  const random = createRandom(workers * 7_919 + postgresCores);
  const exponential = (meanMs: number): number => -meanMs * Math.log(1 - random());
  const stations = {
    web: new Station(Math.max(1, Math.ceil(workers / 2))),
    worker: new Station(workers),
    postgres: new Station(postgresCores),
    redis: new Station(redisServers),
  };
  const events = new EventQueue();
  let arrivalMs = 0;
  for (let run = 0; run < runs; run++) {
    arrivalMs += exponential(1_000 / rate);
    events.add({ atMs: arrivalMs, arrivedMs: arrivalMs, step: 0 });
  }
  const stays: number[] = [];
  let lastMs = 0;
  for (let event = events.take(); event !== undefined; event = events.take()) {
    const next = path[event.step];
    if (next === undefined) {
      stays.push(event.atMs - event.arrivedMs);
      lastMs = Math.max(lastMs, event.atMs);
      continue;
    }
    const [name, meanMs] = next;
    events.add({ ...event, atMs: stations[name].serve(event.atMs, exponential(meanMs)), step: event.step + 1 });
  }
  stays.sort((left, right) => left - right);
  return {
    throughput: (runs * 1_000) / lastMs,
    p50Ms: stays[Math.floor(runs * 0.5)] ?? 0,
    p99Ms: stays[Math.floor(runs * 0.99)] ?? 0,
    busy: {
      worker: stations.worker.busyOver(lastMs),
      postgres: stations.postgres.busyOver(lastMs),
      redis: stations.redis.busyOver(lastMs),
    },
  };
}

/** The most runs a second of which 99 in a hundred have ended within a second, to about one part in fifty. */
export function mostRuns(input: Omit<SimulationInput, 'rate'>): SimulationResult {
  let low = 1;
  let high = (input.workers * 1_000) / input.times.workerMs;
  let best = simulate({ ...input, rate: low });
  while (high / low > 1.02) {
    const rate = (low + high) / 2;
    const result = simulate({ ...input, rate });
    if (result.p99Ms < 1_000) {
      low = rate;
      best = result;
    } else high = rate;
  }
  return best;
}

type Event = { readonly atMs: number; readonly arrivedMs: number; readonly step: number };

/** Events in the order of their times (a binary heap). */
class EventQueue {
  readonly #heap: Event[] = [];

  add(event: Event): void {
    let at = this.#heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#at(parent) <= event.atMs) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  take(): Event | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined || this.#heap.length === 0) return first;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= this.#heap.length) return first;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(child) >= last.atMs) return first;
      this.#swap(at, child);
      at = child;
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  #swap(one: number, other: number): void {
    const [left, right] = [this.#heap[one], this.#heap[other]];
    if (left === undefined || right === undefined) return;
    this.#heap[one] = right;
    this.#heap[other] = left;
  }
}

/** The same numbers every time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
