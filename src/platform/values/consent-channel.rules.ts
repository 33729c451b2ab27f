/** By what people may be contacted, in the words of consent. */
export const consentChannels = ['mail', 'phone', 'post', 'fax', 'message'] as const;
export type ConsentChannel = (typeof consentChannels)[number];

/** What they are contacted for is named by a key. */
export const purposeKey = /^[a-z][a-z0-9_]{0,39}$/;
