type Untyped = ReturnType<typeof JSON.parse>;

/** Stands in for src/api.contract.ts until the server's contracts are on main: every endpoint, untyped. */
export type BatonApi = Record<string, { params: Untyped; query: Untyped; body: Untyped; response: Untyped }>;
