import type { FastifyInstance } from 'fastify';
import type { Holdings } from './flows/load-holdings.ts';
import type { Intake } from './flows/open-intake.ts';
import type { HarmIndex } from './import/harm-index.ts';
import type { Taxonomy } from './import/taxonomy.ts';
import type { Database } from './store/database.ts';

/** What every route works with. */
export type Service = {
  readonly database: Database;
  readonly taxonomy: Taxonomy;
  /** Weights of harm, if any are installed. */
  readonly harm: HarmIndex | null;
  /** Where files come in. */
  readonly intake: Intake;
  /** The newest holdings; undefined until the first are loaded. */
  holdings(): Holdings | undefined;
};

/** The HTTP application that routes are added to. */
export type App = FastifyInstance;
