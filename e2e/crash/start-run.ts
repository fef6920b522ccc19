/** Starts a run; its id if that was acknowledged. */
export async function startRun(url: string, body: object): Promise<string | undefined> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status === 202 ? (response.headers.get('x-ms-workflow-run-id') ?? undefined) : undefined;
}

export function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
