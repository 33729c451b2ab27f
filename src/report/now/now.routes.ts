import { serve, type Api } from '../../platform/http/index.ts';
import { makeBoard } from './make-board.ts';
import { nowApi } from './now.contract.ts';

export function nowRoutes(api: Api): void {
  serve(api, nowApi, 'GET /v1/board', { may: ['marketing', 'sales_manager', 'management'] }, ({ cx, scope }) => makeBoard(cx, scope));
}
