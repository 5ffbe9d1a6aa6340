/** Discord's own first instant, 2015-01-01. */
const EPOCH_MS = 1_420_070_400_000;
const TIME_BITS = 22n;

/** The first id that could be given at an instant. */
export const snowflakeAt = (at: Date) => (BigInt(at.getTime() - EPOCH_MS) << TIME_BITS).toString();
export const instantOf = (id: string) => new Date(Number(BigInt(id) >> TIME_BITS) + EPOCH_MS);

/** Ids as Discord gives them: by time, and unique. */
export function snowflakes(now: () => Date): () => string {
  let count = 0n;
  return () => {
    count += 1n;
    return (BigInt(snowflakeAt(now())) + (count % (1n << TIME_BITS))).toString();
  };
}
