/** Why a message did not go out, or may not have. `src/domain/delivery.ts` alone decides on another try. */
export type SendFailure =
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number; readonly what: 'sending' | 'opening' }
  | { readonly kind: 'unreachable'; readonly why: UnreachableWhy }
  | { readonly kind: 'refused'; readonly detail: string }
  /** It may have arrived: looked up on the platform before any other try. */
  | { readonly kind: 'no_answer' };
export type UnreachableWhy = 'left' | 'messages_closed' | 'deactivated' | 'no_shared_server' | 'unknown_account';
