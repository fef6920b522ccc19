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
  readonly postgresCores: number;
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

/** Where a run goes, and which share of a part's time it takes there: recorded, queued, claimed, advanced, recorded, done. */
const path = [
  ['web', 1],
  ['postgres', 0.3],
  ['redis', 0.4],
  ['worker', 0.3],
  ['postgres', 0.3],
  ['worker', 0.7],
  ['postgres', 0.4],
  ['redis', 0.6],
] as const;

/**
 * Plays runs that come by chance (Poisson) through a network of queues: as many web processes as half the workers, the workers, PostgreSQL with its
 * cores, one Redis. Service times are exponential around what was measured. Group commits make PostgreSQL's share smaller under load than it is
 * here, and waiting for disks and networks is left out.
 */
export function simulate({ times, workers, postgresCores, rate, runs }: SimulationInput): SimulationResult {
  const random = createRandom(workers * 7_919 + postgresCores);
  const exponential = (meanMs: number): number => -meanMs * Math.log(1 - random());
  const stations = {
    web: { station: new Station(Math.max(1, Math.ceil(workers / 2))), meanMs: times.webMs },
    worker: { station: new Station(workers), meanMs: times.workerMs },
    postgres: { station: new Station(postgresCores), meanMs: times.postgresMs },
    redis: { station: new Station(1), meanMs: times.redisMs },
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
    const { station, meanMs } = stations[next[0]];
    events.add({ ...event, atMs: station.serve(event.atMs, exponential(meanMs * next[1])), step: event.step + 1 });
  }
  stays.sort((left, right) => left - right);
  return {
    throughput: (runs * 1_000) / lastMs,
    p50Ms: stays[Math.floor(runs * 0.5)] ?? 0,
    p99Ms: stays[Math.floor(runs * 0.99)] ?? 0,
    busy: {
      worker: stations.worker.station.busyOver(lastMs),
      postgres: stations.postgres.station.busyOver(lastMs),
      redis: stations.redis.station.busyOver(lastMs),
    },
  };
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
