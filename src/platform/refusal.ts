/** The seven kinds of refusal; only the kind maps to HTTP status, CLI exit code and job retry. */
export type RefusalKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'limit' | 'unavailable';

export const httpStatusOf: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  limit: 413,
  unavailable: 503,
};

export const exitCodeOf: Record<RefusalKind, number> = {
  invalid: 2,
  unauthenticated: 3,
  forbidden: 3,
  'not-found': 4,
  conflict: 5,
  limit: 6,
  unavailable: 7,
};

/** Something the caller can understand and mend; everything else that is thrown is a bug and is masked. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly details: unknown;
  /** HTTP status where a more exact one than the kind's default fits, e.g. 429. */
  readonly status: number | undefined;
  constructor(kind: RefusalKind, code: string, sentence: string, details?: unknown, status?: number) {
    super(sentence);
    this.name = 'Refusal';
    this.kind = kind;
    this.code = code;
    this.details = details;
    this.status = status;
  }
}

/** Refuses with a code like `identity/merge-cycle` and a sentence that says what to do next. */
export function refuse(kind: RefusalKind, code: string, sentence: string, details?: unknown): never {
  throw new Refusal(kind, code, sentence, details);
}
