import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestService, testService } from '../helpers/service.ts';

// Over a real connection: only there is a request over before its answer, once its body has been read.
let service: TestService;
let url: string;

beforeAll(async () => {
  service = await testService('empty');
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await service?.close();
});

const post = (address: string, type: string, body: string) =>
  fetch(`${url}${address}`, { method: 'POST', headers: { 'content-type': type }, body });

test('who has sent a file is not taken for gone while it is looked at', async () => {
  const table = `What,When,Lat,Lng\n${'Begging,03/04/2023,54.68,-1.21\n'.repeat(5000)}`;
  const response = await post('/api/uploads?name=log.csv', 'application/octet-stream', table);
  expect([response.status, await response.json()]).toEqual([
    201,
    expect.objectContaining({ name: 'log.csv', kind: 'csv' }),
  ]);
});

test('a wrong question that was sent is answered in words', async () => {
  const response = await post('/api/trials', 'application/json', JSON.stringify({ upload: 'none', profile: 'none' }));
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: expect.objectContaining({ message: expect.stringContaining('there is no such upload') }) },
  ]);
});
