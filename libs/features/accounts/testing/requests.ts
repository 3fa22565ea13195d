type Problem = Readonly<{ json(): { errors?: readonly Readonly<{ pointer: string }>[] } }>;

/** Which fields a problem points to, sorted. */
export const pointersIn = (response: Problem): string[] | undefined =>
  response
    .json()
    .errors?.map(({ pointer }) => pointer)
    .sort();

/** What must not tell two answers apart: everything but the time and the number of the request. */
export const comparable = ({
  'x-request-id': _id,
  date: _date,
  ratelimit: _left,
  ...rest
}: Readonly<Record<string, unknown>>) => rest;
