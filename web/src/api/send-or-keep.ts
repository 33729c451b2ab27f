import { useMutation } from '@tanstack/react-query';
import { answerOf, bodyOf, methodOf, pathOf, type ApiProblem } from './client.ts';
import type { Answer, Endpoint, Input } from './contract.ts';
import { KeptForLater, sendOrKeep } from './kept.ts';
import { useSession } from './session.ts';

/**
 * A change that outlasts a lost line: kept in this browser and sent once when it is back (`kept.ts`). `words` say what was done; `kept` runs
 * in place of `done` while it waits.
 */
export function useSendOrKeep<K extends Endpoint>(
  endpoint: K,
  options: { words: (input: Input<K>) => string; done?: (answer: Answer<K>, input: Input<K>) => void; kept?: (input: Input<K>) => void },
) {
  const { user } = useSession();
  return useMutation<Answer<K> | KeptForLater, ApiProblem, Input<K>>({
    // Also while the browser knows that it has no line: that is what it is for.
    networkMode: 'always',
    mutationFn: async (input) => {
      const { params } = input as { params: { id: string } };
      const sent = await sendOrKeep({
        userId: user.id,
        words: options.words(input),
        leadId: params.id,
        method: methodOf(endpoint),
        path: pathOf(endpoint, input),
        body: bodyOf(endpoint, input),
      });
      return sent instanceof KeptForLater ? sent : answerOf<Answer<K>>(sent);
    },
    onSuccess: (answer, input) => (answer instanceof KeptForLater ? options.kept?.(input) : options.done?.(answer, input)),
  });
}
