// Node 20's threads know no TypeScript until tsx is registered in them.
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { register } from 'tsx/esm/api';

register();

/**
 * Runs one exported function of one module: what `inThread` asks for; nothing for null, which only wakes the thread.
 * Errors lose their class on the way, so that the asker's own are handed over as data.
 */
export default async function run(task) {
  if (task === null) return null;
  const { module, name, values } = task;
  const { [name]: work } = await import(module);
  try {
    return handedOver({ result: await work(...values) });
  } catch (error) {
    if (error?.name !== 'InputError') throw error;
    const { message, code, details } = error;
    return { refused: { message, code, details } };
  }
}

/** Bytes go over with their memory: to copy tens of megabytes would hold up whoever asked. */
function handedOver(answer) {
  const { result } = answer;
  const isOwner =
    result instanceof Uint8Array && result.buffer instanceof ArrayBuffer && result.length === result.buffer.byteLength;
  if (!isOwner) return answer;
  return move({ [transferableSymbol]: [result.buffer], [valueSymbol]: answer });
}
