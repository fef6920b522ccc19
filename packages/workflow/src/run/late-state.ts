import type { JsonValue } from '@patchbay/expression';
import type { InvokedConnection, JsonText, Timestamp, WatchTarget } from '../contract.ts';

/** What an action remembers that waits for a signal, or makes the call that will bring one. */
export type LateState =
  | {
      readonly kind: 'callback';
      /** Whether the subscription was made, so that only the callback is waited for. */
      readonly isWaiting: boolean;
      /** The connector that calls back, and what it was asked; absent where the action made its own request. */
      readonly connection?: InvokedConnection;
      readonly target?: WatchTarget;
      readonly subscription?: JsonValue;
    }
  | {
      readonly kind: 'flow';
      /** The called flow's run. */
      readonly runId: string;
      readonly at: Timestamp;
      /** Whether its records outlive this process. */
      readonly isKept: boolean;
      readonly isWaiting: boolean;
    };

/** Reads {@link LateState} from a record's `waitState`. */
export function readLateState(text: JsonText | undefined): LateState | undefined {
  // Written by this package with JSON.stringify.
  return text === undefined ? undefined : (JSON.parse(text) as LateState);
}
