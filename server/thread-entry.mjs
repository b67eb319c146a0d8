// Node 20's threads know no TypeScript until tsx is registered in them.
import { register } from 'tsx/esm/api';

register();

/** Runs one exported function of one module: what `inThread` asks for. */
export default async function run({ module, name, values }) {
  const { [name]: work } = await import(module);
  return work(...values);
}
