/**
 * Whether a condition speaks of what the API answered, as `triggers().code`, `trigger()?['code']` or `triggerOutputs()['statusCode']`: then
 * it says which answers fire, in the place of 200.
 */
export function judgesStatus(condition: string): boolean {
  return /\b(?:triggers?\(\)(?:\??(?:\.outputs|\['outputs'\]))?|triggerOutputs\(\))\s*\??(?:\.|\[')(?:status)?code\b/i.test(
    condition,
  );
}
