const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** `20 Nov, 09:31 UTC`. The same for every reader, so that two people talk about the same minute. */
export function clockText(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? 'an unknown time' : `${format.format(time)} UTC`;
}
