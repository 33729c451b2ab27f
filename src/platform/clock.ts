export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until told; tests and the demo company live by it. With a step it goes on by so many milliseconds whenever it is read. */
export class SetClock implements Clock {
  #at: number;
  readonly #step: number;
  constructor(at: Date | string, step = 0) {
    this.#at = new Date(at).getTime();
    this.#step = step;
  }
  now(): Date {
    this.#at += this.#step;
    return new Date(this.#at);
  }
  set(at: Date | string): void {
    this.#at = new Date(at).getTime();
  }
  advance(milliseconds: number): void {
    this.#at += milliseconds;
  }
}
