import type { Api } from '../platform/http/index.ts';
import type { Intake } from './gather-arrivals.ts';
export function formRoutes(_api: Api, _intake: Intake): void {}
