import type { FastifyInstance, FastifyRequest } from 'fastify';
import findMyWay from 'find-my-way';

/** Which methods an address knows: Fastify answers 404 for a known path with another method, RFC 9110 wants a 405. */
export class AllowedMethods {
  private readonly router = findMyWay<findMyWay.HTTPVersion.V1>();
  private readonly methods = new Map<string, Set<string>>();

  constructor(fastify: FastifyInstance) {
    fastify.addHook('onRoute', ({ url, method }) => {
      if (url === '*' || url === '/*') return;
      for (const name of [method].flat()) this.add(url, name);
    });
  }

  /** The methods of an address that was asked with another one; none when the address itself is unknown. */
  of({ url, method }: Pick<FastifyRequest, 'url' | 'method'>): string[] {
    const match = this.router.find('GET', url);
    const methods = match && (match.store as Set<string>);
    return methods && !methods.has(method) ? [...methods, 'OPTIONS'] : [];
  }

  private add(url: string, method: string): void {
    const known = this.methods.get(url);
    if (known) return void known.add(method);

    const methods = new Set([method]);
    this.methods.set(url, methods);
    this.router.on('GET', url, () => undefined, methods);
  }
}
