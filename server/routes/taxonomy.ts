import { taxonomyAnswerSchema } from '../import-model.ts';
import type { App, Service } from '../service.ts';

/** `GET /api/taxonomy`: every category and flag there is, held or not, for words to be mapped to. */
export function taxonomyRoutes(app: App, { taxonomy }: Service): void {
  const schema = {
    summary: 'All categories and flags that incidents can have',
    response: { 200: taxonomyAnswerSchema },
  };
  app.get('/api/taxonomy', { schema }, () => ({
    categories: taxonomy.categories.map(({ code, name }) => ({ code, name })),
    flags: taxonomy.flags.map(({ code, name }) => ({ code, name })),
  }));
}
