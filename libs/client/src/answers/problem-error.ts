import type { components } from '../generated/api.js';

export type Problem = components['schemas']['Problem'];

/** The API has refused a request, and says why: RFC 9457. */
export class ProblemError<Refusal extends Problem = Problem> extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Refusal;
  readonly response: Response;

  constructor(problem: Refusal, response: Response) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.response = response;
  }

  /** What programs branch on. */
  get code(): Refusal['code'] {
    return this.problem.code;
  }
}

export const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'type' in error;
