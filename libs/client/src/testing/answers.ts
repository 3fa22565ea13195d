export const json = (body: unknown, { status = 200, headers = {} }: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });

export const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(
    { type: `https://api.example.test/problems/${code}`, status, code, detail: 'That cannot be.' },
    { status, headers: { 'Content-Type': 'application/problem+json', ...headers } },
  );
