import { z } from 'zod';
import { StartupError } from './errors.ts';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting of the service, one line each: name, what it accepts, what it is without. */
const environmentSchema = z.object({
  PORT: z.string().regex(/^\d+$/, 'expected a number').transform(Number).pipe(z.int().max(65535)).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  HOTSPOT_PUBLIC_HOST: z
    .string()
    .transform((names) => names.split(',').map((name) => name.trim().toLowerCase()))
    .pipe(
      z.array(
        z.string().regex(/^[a-z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/, 'expected names such as map.example.org'),
      ),
    )
    .default([]),
  DATABASE_URL: z
    .string()
    .refine(
      (address) => /^postgres(ql)?:\/\//.test(address) && URL.canParse(address),
      'expected an address such as postgres://user@host:5432/database',
    )
    .optional(),
  HOTSPOT_DATA_DIR: z.string().min(1).default('.hotspot'),
  HOTSPOT_DEMO: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(levels).default('warn'),
});

/** The service's settings. */
export type Config = {
  readonly port: number;
  readonly host: string;
  /** Names under which a reverse proxy offers the service, besides those of this machine. */
  readonly publicHosts: readonly string[];
  /** Undefined: the embedded database in `dataDirectory`. */
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly demo: boolean;
  readonly logLevel: (typeof levels)[number];
};

/** Reads the environment, the only place that does; throws a `StartupError` that names each bad setting and its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // an empty variable is how shells and compose files say "not set"
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new StartupError(parsed.error.issues.map((issue) => describe(issue, given)).join('; '));
  const settings = parsed.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicHosts: settings.HOTSPOT_PUBLIC_HOST,
    databaseUrl: settings.DATABASE_URL,
    dataDirectory: settings.HOTSPOT_DATA_DIR,
    demo: settings.HOTSPOT_DEMO === 'on',
    logLevel: settings.LOG_LEVEL,
  };
}

function describe(issue: z.core.$ZodIssue, given: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  // a database address can hold a password: never repeat it
  const value = name === 'DATABASE_URL' ? 'the value given' : `"${given[name]}"`;
  return `${name}: ${value} is not usable (${issue.message})`;
}
