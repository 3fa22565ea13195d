import { isProblem, ProblemError } from './problem-error.js';
import { UnexpectedResponse } from './unexpected-response.js';

type Answer<Body> = Readonly<{ data?: Body; error?: unknown; response: Response }>;

/** For those who would rather catch than look: the body of an answer that is none of a refusal. @throws ProblemError */
export async function orThrow<Body>(answer: Promise<Answer<Body>>): Promise<Body> {
  const { data, error, response } = await answer;
  if (isProblem(error)) throw new ProblemError(error, response);
  if (!response.ok) throw new UnexpectedResponse(response);
  return data as Body;
}
