import { randomBytes } from 'node:crypto';

/**
 * A public key may stand in the page of a website: it only lets inquiries in, `f_` those of one program's form, `s_` those of one source. It
 * says in itself whose it is, so that a stranger's post finds its workspace without a question across all of them.
 */
const newKey = (kind: 'f' | 's', workspaceId: string): string =>
  `${kind}_${Buffer.concat([Buffer.from(workspaceId.replaceAll('-', ''), 'hex'), randomBytes(9)]).toString('base64url')}`;

export const newFormKey = (workspaceId: string): string => newKey('f', workspaceId);
export const newSourceKey = (workspaceId: string): string => newKey('s', workspaceId);

/** The workspace a public key belongs to; undefined when it is none of ours. */
export function workspaceOfKey(key: string): string | undefined {
  if (!/^[fs]_[\w-]{34}$/.test(key)) return undefined;
  const hex = Buffer.from(key.slice(2), 'base64url').toString('hex').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
