import { useState } from 'react';

/**
 * A form that begins as what is saved. While nobody types it follows what others save; what was typed is not overwritten by them.
 * `isChanged`: it is not what is saved.
 */
export function useDraft<T extends object>(saved: T | undefined): [form: T | undefined, set: (form: T) => void, isChanged: boolean] {
  const [typed, setTyped] = useState<T>();
  const form = typed ?? saved;
  return [form, setTyped, JSON.stringify(form) !== JSON.stringify(saved)];
}
