declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

export type ProgrammeId = Branded<number, 'programme'>;
export type CohortId = Branded<number, 'cohort'>;
/** One human being, however many cohorts they were in. */
export type PersonId = Branded<number, 'person'>;
export type CheckInId = Branded<number, 'check-in'>;
export type ReplyId = Branded<number, 'reply'>;
export type DeliveryId = Branded<number, 'delivery'>;
/** Opaque, random, at most 22 characters (a Discord nonce holds 25): finds a message again on its platform, and ties buttons to what they stand under. */
export type DeliveryKey = Branded<string, 'delivery-key'>;
