import { detach } from '../import/create-tally.ts';
import type { Reject } from '../import/reject.ts';
import type { Trial } from '../import-model.ts';

type Problem = Trial['problems'][number];

/** Groups remembered; reasons that repeat a value could otherwise be as many as rows. */
const mostGroups = 500;
const mostTold = 100;
const longestValue = 120;

/** Groups rejected rows by column and reason, with the first of each as an example. */
export function gatherProblems() {
  const groups = new Map<string, { -readonly [Key in keyof Problem]: Problem[Key] }>();
  return {
    add({ line, column, value, reason }: Reject): void {
      const group = groupFor(groups.size < mostGroups, column, reason, (key) => groups.has(key));
      const known = groups.get(group.key);
      if (known) known.count++;
      else {
        const firstValue = detach(value.slice(0, longestValue));
        groups.set(detach(group.key), {
          column: detach(group.column),
          reason: group.reason,
          count: 1,
          firstLine: line,
          firstValue,
        });
      }
    },
    result: (): Problem[] => [...groups.values()].sort((a, b) => b.count - a.count).slice(0, mostTold),
  };
}

function groupFor(hasRoom: boolean, column: string, given: string, isKnown: (key: string) => boolean) {
  const reason = general(given);
  const key = `${column}\n${reason}`;
  if (hasRoom || isKnown(key)) return { key, column, reason };
  return { key: '', column: '', reason: 'other problems, too many kinds to list' };
}

/** The same fault in two rows is one problem, though its words repeat what each row says. */
function general(reason: string): string {
  return reason.replace(/^(this is before [^,]+), .*; exchange/s, '$1; exchange');
}
