import type { Fetch } from '../requests/fetch.js';

/** Answers with these, one after the other, and remembers what was asked. An error is thrown, as when nobody answers. */
export function scriptedFetch(...script: readonly (Response | Error)[]) {
  const asked: Request[] = [];
  const fetch: Fetch = async (request) => {
    const answer = script[asked.length];
    asked.push(request);
    if (answer === undefined) throw new Error(`Nothing was to be asked after ${asked.length - 1} requests.`);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { fetch, asked };
}
