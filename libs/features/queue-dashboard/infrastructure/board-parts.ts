import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import findMyWay from 'find-my-way';

export type BoardQuestion = Readonly<{ handler: AppControllerRoute['handler']; params: Record<string, string> }>;

/** A server adapter that serves nothing: it keeps what Bull Board hands to one, as our routes ask for it. Of its own routes it keeps those that read. */
export class BoardParts implements IServerAdapter {
  queues: BullBoardQueues = new Map();
  uiConfig: UIConfig = {};
  private entry: AppViewRoute['handler'] | undefined;
  private readonly router = findMyWay<findMyWay.HTTPVersion.V1>();

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.uiConfig = config;
    return this;
  }

  setEntryRoute({ handler }: AppViewRoute): this {
    this.entry = handler;
    return this;
  }

  setApiRoutes(routes: readonly AppControllerRoute[]): this {
    for (const { method, route, handler } of routes) {
      if ([method].flat().join() !== 'get') continue;
      for (const path of [route].flat()) this.router.on('GET', path, () => undefined, handler);
    }
    return this;
  }

  setViewsPath = (): this => this;
  setStaticPath = (): this => this;
  setErrorHandler = (): this => this;

  /** What fills the gaps of its page. */
  gaps(basePath: string): Readonly<Record<string, string>> {
    return this.entry?.({ basePath, uiConfig: this.uiConfig }).params ?? {};
  }

  question(path: string): BoardQuestion | null {
    const found = this.router.find('GET', path);
    return (
      found && { handler: found.store as BoardQuestion['handler'], params: found.params as Record<string, string> }
    );
  }
}
