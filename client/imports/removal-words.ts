import type { Removal } from '../../server/import-model.ts';
import { formatCount, formatIncidents } from '../format.ts';

/** What removing an import would do, a sentence each; only what happens is said. */
export function removalSentences({ removed, restored, kept, alsoInLater }: Removal): string[] {
  const say = (count: number, one: string, many: string) =>
    count === 0 ? [] : [count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`];
  const sentences = [
    ...say(removed, 'incident goes.', 'incidents go.'),
    ...say(
      restored,
      'incident says again what it said before this import.',
      'incidents say again what they said before this import.',
    ),
    ...say(
      kept,
      'incident stays, because a later import has changed it.',
      'incidents stay, because a later import has changed them.',
    ),
    ...say(
      alsoInLater,
      'row was found unchanged by a later import, and goes all the same.',
      'rows were found unchanged by later imports, and go all the same.',
    ),
  ];
  return sentences.length > 0 ? sentences : ['No incident changes.'];
}

/** What a removal has done, in one sentence. */
export function removedSentence({ import: { fileName }, removed, restored }: Removal): string {
  const again = restored > 0 ? `, ${formatCount(restored)} put back as before` : '';
  return `${fileName} was removed: ${formatIncidents(removed)} taken away${again}.`;
}
