const ticksAtEpoch = 621_355_968_000_000_000n;
const longestTicks = 9_223_372_036_854_775_807n;

/**
 * Makes run ids that sort newest first, as the ecosystem's run names do: what is left of .NET's last tick in 20 digits, nine random
 * digits and `CU` with two more. Ids of one maker never repeat a tick.
 */
export function createRunIds(random: () => number): (nowMs: number) => string {
  let lastTicks = 0n;
  return (nowMs) => {
    const ticks = BigInt(nowMs) * 10_000n + ticksAtEpoch;
    lastTicks = ticks > lastTicks ? ticks : lastTicks + 1n;
    const left = String(longestTicks - lastTicks).padStart(20, '0');
    const salt = String(Math.floor(random() * 1_000_000_000)).padStart(9, '0');
    return `${left}${salt}CU${String(Math.floor(random() * 100)).padStart(2, '0')}`;
  };
}
