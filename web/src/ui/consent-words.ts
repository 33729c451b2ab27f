/** How people say the channels of consent. */
export const channelWords = { mail: 'mail', phone: 'phone', post: 'post', fax: 'fax', message: 'text message' } as const;
export type ConsentChannel = keyof typeof channelWords;
export const channelChoices = (Object.keys(channelWords) as ConsentChannel[]).map((value) => ({
  value,
  label: channelWords[value].charAt(0).toUpperCase() + channelWords[value].slice(1),
}));
