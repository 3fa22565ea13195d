import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { ProblemResponder } from './problem-responder.js';

/** Nest brings everything here: what handlers throw, what Fastify refuses, and unknown routes. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly problems: ProblemResponder) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.problems.answer(thrown, http.getRequest(), http.getResponse());
  }
}
