const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether this is the text of one of our ids: what the database would take as a uuid, in its usual form. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}

/** Before every id there is: where reading by keys begins. */
export const noUuid = '00000000-0000-0000-0000-000000000000';
