/** Discord counts from the first instant of 2015; an id's upper bits are the milliseconds since then. */
const EPOCH_MS = 1_420_070_400_000;
const TIME_BITS = 22n;

/** The first id that Discord could give at an instant. */
export function snowflakeAt(instant: Date): string {
  return (BigInt(Math.max(0, instant.getTime() - EPOCH_MS)) << TIME_BITS).toString();
}

export const instantOf = (id: string): Date => new Date(Number(BigInt(id) >> TIME_BITS) + EPOCH_MS);
