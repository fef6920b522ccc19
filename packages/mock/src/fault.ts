/** A failure on purpose, for a share of the requests. */
export type Fault = {
  readonly kind: '429' | '500' | 'slow' | 'reset' | 'malformed';
  /** Above 0, at most 1. */
  readonly rate: number;
};

const kinds: readonly Fault['kind'][] = ['429', '500', 'slow', 'reset', 'malformed'];

/** Reads `kind:rate`, e.g. `429:0.1`; without a rate every request fails. Answers undefined for what is none. */
export function parseFault(text: string): Fault | undefined {
  const [name = '', share = '1', ...rest] = text.split(':');
  const kind = kinds.find((one) => one === name);
  const rate = /^(\d+(\.\d+)?|\.\d+)$/.test(share) ? Number(share) : Number.NaN;
  return kind === undefined || rest.length > 0 || !(rate > 0 && rate <= 1) ? undefined : { kind, rate };
}

/**
 * Says of each request in turn which fault it meets, if any: the first of the list whose turn it is. Nothing is drawn by lot, so that a
 * run can be repeated: with a rate of 0.25 it is every fourth request.
 */
export function createFaultPlan(faults: readonly Fault[]): () => Fault['kind'] | undefined {
  let count = 0;
  return () => {
    count += 1;
    const isTurn = ({ rate }: Fault): boolean =>
      Math.floor(count * rate + 1e-9) > Math.floor((count - 1) * rate + 1e-9);
    return faults.find(isTurn)?.kind;
  };
}
