/** Custom fields: what a workspace declares beyond what everybody keeps. */
export { declareField } from './declare-field.ts';
export { listCustomFields } from './field.store.ts';
export { readCustomPatch } from './read-custom.ts';
