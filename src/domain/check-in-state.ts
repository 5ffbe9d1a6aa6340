/**
 * How far one check-in has come. `unsure`: whether the question arrived cannot be told; `not_asked`: its time passed before it could be sent.
 */
export const CHECK_IN_STATES = [
  'planned',
  'sending',
  'delivered',
  'answered',
  'lapsed',
  'snoozed',
  'stopped',
  'unreachable',
  'not_asked',
  'unsure',
  'erased',
] as const;
export type CheckInState = (typeof CHECK_IN_STATES)[number];
