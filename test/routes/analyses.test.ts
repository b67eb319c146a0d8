import { afterAll, beforeAll, describe } from 'vitest';
import { databaseKind } from '../helpers/database.ts';
import { type TestService, testService } from '../helpers/service.ts';
import { analysesByHand } from './analyses-by-hand.ts';
import { analysesOfDemo } from './analyses-of-demo.ts';
import { predictionsOfDemo } from './predictions-of-demo.ts';
import { readingTheStatistics } from './reading-the-statistics.ts';

describe.each([
  ['the demo', 'demo', [analysesOfDemo, predictionsOfDemo, readingTheStatistics]],
  ['incidents written by hand', 'empty', [analysesByHand]],
] as const)(`analyses of %s, on ${databaseKind}`, (_name, content, tests) => {
  let service: TestService;
  beforeAll(async () => {
    service = await testService(content);
  });
  afterAll(() => service.close());
  for (const test of tests) test(() => service);
});
