import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environmentDocument, environmentExample } from './environment.ts';
import { variablesOf } from './variables.ts';

const variables = variablesOf(
  z.object({
    API_PORT: z.coerce.number().default(3000).describe('Port of the API.'),
    DATABASE_URL: z.url().meta({ secret: true, sample: 'postgresql://sample' }).describe('Postgres connection string.'),
    CORS_ORIGINS: z
      .string()
      .default('a,b')
      .transform((value) => value.split(','))
      .describe('Origins.'),
    LOG_LEVEL: z.enum(['debug', 'info']).default('info').describe('Least severe level.'),
    WEB_URL: z.url().optional().describe('Where people go.'),
  }),
);

describe('the documents about the environment', () => {
  it('say what is required, secret and by default, by group', () => {
    const document = environmentDocument(variables);

    expect(document).toContain('| `DATABASE_URL` | **required** | yes | Postgres connection string. |');
    expect(document).toContain('| `API_PORT` | `3000` |  | Port of the API. |');
    expect(document).toContain('| `CORS_ORIGINS` | `a,b` |  | Origins. |');
    expect(document).toContain('| `LOG_LEVEL` | `info` |  | Least severe level. One of `debug`, `info`. |');
    expect(document.match(/^## .*/gm)).toEqual(['## Database', '## Logs and telemetry', '## Process and HTTP']);
  });

  it('set what is required in the example and leave the rest at its default', () => {
    const lines = environmentExample(variables).split('\n');

    expect(lines.filter((line) => /^[A-Z]/.test(line))).toEqual(['DATABASE_URL=postgresql://sample']);
    expect(lines).toContain('# API_PORT=3000');
    expect(lines).toContain('# WEB_URL=');
  });

  it('are refused without variables or descriptions', () => {
    expect(() => variablesOf(z.object({}))).toThrow('no variable');
    expect(() => variablesOf(z.object({ QUIET: z.string() }))).toThrow('no description: QUIET');
  });
});
