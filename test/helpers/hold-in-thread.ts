import { parentPort, workerData } from 'node:worker_threads';
import { holdDataDirectory } from '../../server/store/data-directory.ts';

const hold = holdDataDirectory(workerData as string);
parentPort?.postMessage('pid' in hold ? hold : 'taken');
