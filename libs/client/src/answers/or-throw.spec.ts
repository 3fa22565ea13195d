import { describe, expect, expectTypeOf, it } from 'vitest';
import { problem } from '../testing/answers.js';
import { orThrow } from './or-throw.js';
import { ProblemError } from './problem-error.js';
import { UnexpectedResponse } from './unexpected-response.js';

const refused = async (response: Response) => ({ error: await response.clone().json(), response });

describe('an answer or a throw', () => {
  it('is the body of what was done', async () => {
    const body = await orThrow(Promise.resolve({ data: { data: 7 }, response: new Response() }));

    expectTypeOf(body).toEqualTypeOf<{ data: number }>();
    expect(body).toEqual({ data: 7 });
  });

  it('is nothing where nothing is answered', async () => {
    expect(await orThrow(Promise.resolve({ response: new Response(null, { status: 204 }) }))).toBeUndefined();
  });

  it('throws the problem, with its code and the answer it came in', async () => {
    const response = problem(404, 'THING_NOT_FOUND');

    const error = await orThrow(refused(response)).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      code: 'THING_NOT_FOUND',
      message: 'THING_NOT_FOUND: That cannot be.',
      problem: { status: 404 },
      response,
    });
  });

  it.each([
    ['nothing has changed', new Response(null, { status: 304 }), ''],
    ['what is asked for is not there yet, in other words than a problem', new Response('', { status: 503 }), {}],
  ])('throws the answer itself when %s', async (_when, response, error) => {
    await expect(orThrow(Promise.resolve({ error, response }))).rejects.toThrow(UnexpectedResponse);
  });
});
