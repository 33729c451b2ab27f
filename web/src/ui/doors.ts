/** How an inquiry came in, in words: what the API calls its channel when no program or source says better. */
const doors: Record<string, string> = {
  api: 'API',
  form: 'Web form',
  import: 'Imported file',
  mail: 'Mail',
  app: 'Typed in',
  partner: 'Registered by a partner',
  demo: 'Entered',
};
export const doorName = (channel: string | null | undefined): string => doors[channel ?? ''] ?? channel ?? '';
