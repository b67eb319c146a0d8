import { taxonomySchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';

/** `GET /api/taxonomy`: all categories and flags there are, held or not, which words of a file can be mapped to. */
export function taxonomyRoutes(app: App, { taxonomy }: Service): void {
  const schema = { summary: 'All categories and flags there are', response: { 200: taxonomySchema } };
  const entries = (list: readonly { readonly code: string; readonly name: string }[]) =>
    list.map(({ code, name }) => ({ code, name }));
  app.get('/api/taxonomy', { schema }, (_request, reply) =>
    reply
      .header('cache-control', 'private, no-cache')
      .send({ categories: entries(taxonomy.categories), flags: entries(taxonomy.flags) }),
  );
}
