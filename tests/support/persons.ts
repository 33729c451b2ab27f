import { createUser } from '../../src/platform/access/index.ts';
import type { Role } from '../../src/platform/access/index.ts';
import type { Answer, TestHouse } from './house.ts';

export interface Somebody {
  userId: string;
  ask(method: string, url: string, body?: unknown): Promise<Answer>;
}

/** Somebody with a name and a session, where a role's token will not do: who signs is a person. */
export async function somebody(house: TestHouse, name: string, roles: Role[]): Promise<Somebody> {
  const { openSession } = await import('../../src/platform/access/sign-in.ts');
  const userId = await createUser(house.cx, house.workspaceId, {
    name,
    email: `${name.toLowerCase().replaceAll(' ', '.')}@test.example`,
    password: 'correct horse battery',
    roles,
  });
  // A session of its own for every question: the clock of a test may leap past the end of one.
  return {
    userId,
    async ask(method, url, body) {
      const { cookie } = await openSession(house.cx, house.workspaceId, userId, 'test');
      return house.request(null, method, url, body, { cookie: `baton_session=${cookie}`, 'x-baton': '1' });
    },
  };
}
