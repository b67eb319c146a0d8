import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Job,
  jobSchema,
  type Preview,
  previewSchema,
  type Upload,
  uploadSchema,
} from '../../server/import-model.ts';
import type { App } from '../../server/service.ts';

/** Sends a file to the service, as the import page does. */
export async function upload(app: App, name: string, content: string | Buffer): Promise<Upload> {
  const response = await app.inject({
    method: 'POST',
    url: `/api/uploads?name=${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(content as string),
  });
  if (response.statusCode !== 201) throw new Error(`${response.statusCode}: ${response.body}`);
  return uploadSchema.strict().parse(response.json());
}

/** The first rows of an upload and what is proposed. */
export async function preview(app: App, id: string, query = ''): Promise<Preview> {
  const response = await app.inject(`/api/uploads/${id}/preview${query}`);
  if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${response.body}`);
  return previewSchema.strict().parse(response.json());
}

/** Begins a trial run or an import. */
export async function begin(app: App, kind: 'trials' | 'imports', request: object): Promise<Job> {
  const response = await app.inject({ method: 'POST', url: `/api/${kind}`, payload: request });
  if (response.statusCode !== 202) throw new Error(`${response.statusCode}: ${response.body}`);
  return jobSchema.strict().parse(response.json());
}

/** What became of a job, once it has ended. */
export async function ended(app: App, { job }: Job, onWait: (job: Job) => void = () => {}): Promise<Job> {
  for (;;) {
    const now = jobSchema.strict().parse((await app.inject(`/api/jobs/${job}`)).json());
    if (now.state !== 'running') return now;
    onWait(now);
    await sleep(20);
  }
}

/** Begins a job and waits until it has ended. */
export async function run(app: App, kind: 'trials' | 'imports', request: object): Promise<Job> {
  return ended(app, await begin(app, kind, request));
}

/** The header of a partner's log. */
export const logHeader = 'Incident number,Incident type,Date of incident,Latitude,Longitude,Street\n';
/** What its words are known as. */
export const words = { 'Criminal damage': 'crime.criminal-damage-and-arson' };

/** A partner's log of so many incidents, numbered from a first. */
export function log(count: number, first = 0): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const at = first + index;
    const lat = (54.68 + (at % 50) / 1000).toFixed(4);
    return `R${at},Criminal damage,03/04/2023 14:05,${lat},-1.2${at % 10},York Road\n`;
  });
  return logHeader + lines.join('');
}
