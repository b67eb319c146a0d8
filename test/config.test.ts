import { describe, expect, it } from 'vitest';
import { readConfig } from '../server/config.ts';
import { StartupError } from '../server/errors.ts';

const fault = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as Error).message;
  }
  throw new Error('was taken');
};

describe('the settings', () => {
  it('have defaults that start a service on this machine only', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      publicHosts: [],
      databaseUrl: undefined,
      dataDirectory: '.hotspot',
      demo: true,
      logLevel: 'warn',
    });
  });

  it('come from the environment, and empty ones are as if not set', () => {
    const environment = {
      PORT: '0',
      HOST: '::1',
      HOTSPOT_PUBLIC_HOST: 'Map.example.org, 192.0.2.7:8443',
      DATABASE_URL: 'postgresql://analyst@db.example:5433/hotspot?sslmode=require',
      HOTSPOT_DATA_DIR: '/srv/hotspot',
      HOTSPOT_DEMO: 'off',
      LOG_LEVEL: 'debug',
      UNRELATED: 'x',
    };
    expect(readConfig(environment)).toEqual({
      port: 0,
      host: '::1',
      publicHosts: ['map.example.org', '192.0.2.7:8443'],
      databaseUrl: environment.DATABASE_URL,
      dataDirectory: '/srv/hotspot',
      demo: false,
      logLevel: 'debug',
    });
    expect(readConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ' '],
    ['PORT', '0x50'],
    ['HOTSPOT_DEMO', 'true'],
    ['HOTSPOT_PUBLIC_HOST', 'https://map.example.org'],
    ['HOTSPOT_PUBLIC_HOST', 'map.example.org,'],
    ['HOTSPOT_DEMO', 'ON'],
    ['LOG_LEVEL', 'loud'],
  ])('are refused by name and value: %s=%s', (name, value) => {
    const message = fault({ [name]: value });
    expect(message).toContain(`${name}: "${value}" is not usable`);
    expect(message).not.toContain('\n');
  });

  it.each([
    'mysql://user:secret@host/db',
    'localhost:5432',
    'postgres://user:secret@host:port/db',
    'postgres://user:secret@[host/db',
  ])('refuse the database address %s without repeating its password', (value) => {
    const message = fault({ DATABASE_URL: value });
    expect(message).toContain('DATABASE_URL: the value given is not usable');
    expect(message).not.toContain('secret');
  });

  it('are all refused in one line', () => {
    const message = fault({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(message).toContain('PORT');
    expect(message).toContain('LOG_LEVEL');
    expect(message).not.toContain('\n');
  });
});
