import type { Room } from '../platform/room.ts';
import { acknowledge } from './acknowledge.ts';
import { hearVerdicts } from './hear-verdicts.ts';
import { nurtureRoutes } from './nurture.routes.ts';
import { returnDue } from './return-leads.ts';
import { unsubscribeRoutes } from './unsubscribe.routes.ts';
import { nurtureKeeps } from './kept-of-people.ts';

export const nurtureRoom: Room = {
  name: 'nurture',
  personal: nurtureKeeps,
  async routes(api) {
    nurtureRoutes(api);
    await unsubscribeRoutes(api);
  },
  subscribers: [hearVerdicts, acknowledge],
  scans: [{ name: 'nurture.due', everySeconds: 30, run: returnDue }],
};

export { guardMail } from './guard-mail.ts';
export type { Guarded, GuardedMail } from './guard-mail.ts';
export { touchFields } from './segment-fields.ts';
