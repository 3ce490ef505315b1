/** Now, in local time with its offset: 2026-01-31T12:00:00+01:00. */
export const localMoment = (now: Date): string => {
  const pad = (n: number) => String(Math.trunc(Math.abs(n))).padStart(2, '0');
  const ahead = -now.getTimezoneOffset();
  const local = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  return `${local}${ahead < 0 ? '-' : '+'}${pad(ahead / 60)}:${pad(ahead % 60)}`;
};
