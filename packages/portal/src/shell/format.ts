/** `12 ms`, `3.4 s`, `2 min 5 s`. */
export function formatDuration(startTime: string | undefined, endTime: string | undefined): string {
  if (startTime === undefined || endTime === undefined) return '';
  const ms = Math.max(0, Date.parse(endTime) - Date.parse(startTime));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export function formatTime(time: string | undefined): string {
  if (time === undefined) return '';
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));
}
