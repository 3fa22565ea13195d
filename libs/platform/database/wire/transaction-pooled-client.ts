import pg, { type Connection, type QueryConfig } from 'pg';
import { NamedStatement, type Statement } from './named-statement.js';
import type { DataRow, ProtocolConnection, RowDescription, SubmittedQuery } from './protocol.js';

type AnyQuery = SubmittedQuery & {
  readonly _result?: unknown;
  /** Milliseconds; of this query alone. */
  readonly query_timeout?: number | undefined;
};
type Callback = NonNullable<AnyQuery['callback']>;

/** PostgreSQL, "Message Formats", ReadyForQuery: in a transaction, or in one that has failed. */
const IN_TRANSACTION = /^[TE]$/;

/**
 * A connection to a pooler that lends another server connection to each transaction: what is set on one is gone with the next. So
 * whatever is sent outside of a transaction has the limits in front, in the same message, and Postgres runs both in one transaction
 * ("Extended Query", pipelining): a single statement, or the BEGIN of many.
 */
export class TransactionPooledClient extends pg.Client {
  /** pg's pool makes its clients by itself. */
  static setting(limits: Statement): typeof pg.Client {
    return class extends TransactionPooledClient {
      protected override readonly limits = limits;
    };
  }

  protected readonly limits: Statement | undefined;

  // pg overloads it eight times over; the arguments are passed on untouched.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  override query(...[config, values, callback]: any[]): any {
    const send = (query: AnyQuery, ...rest: unknown[]): unknown =>
      Reflect.apply(super.query, this, [new LimitedQuery(query, () => this.missingLimits()), ...rest]);
    if (typeof config.submit === 'function') return send(config as AnyQuery, values, callback);

    const answer = [callback, values].find((each) => typeof each === 'function') as Callback | undefined;
    if (answer) return void send(extendedQuery(config, values, answer));
    return new Promise((resolve, reject) =>
      send(extendedQuery(config, values, (error, result) => (error ? reject(error) : resolve(result)))),
    );
  }

  private missingLimits(): NamedStatement | null {
    const isInTransaction = IN_TRANSACTION.test(this.getTransactionStatus() ?? '');
    return this.limits === undefined || isInTransaction ? null : new NamedStatement(this.limits, []);
  }
}

/** pg sends what has no values by the simple protocol, and that cannot follow another statement in one message. */
function extendedQuery(config: string | QueryConfig, values: unknown, callback: Callback): AnyQuery {
  const query = new pg.Query(
    typeof config === 'string' ? { text: config } : config,
    Array.isArray(values) ? values : undefined,
  );
  const { query_timeout } = (typeof config === 'string' ? {} : config) as Pick<AnyQuery, 'query_timeout'>;
  return Object.assign(query as unknown as AnyQuery, { callback, query_timeout, queryMode: 'extended' });
}

/** To pg it is the query itself; the answer to the limits, if they went in front, is kept from it. */
class LimitedQuery implements AnyQuery {
  private connection: ProtocolConnection | undefined;
  private limits: NamedStatement | null = null;

  constructor(
    private readonly query: AnyQuery,
    private readonly missingLimits: () => NamedStatement | null,
  ) {}

  get name() {
    return this.query.name;
  }
  get text() {
    return this.query.text;
  }
  get query_timeout() {
    return this.query.query_timeout;
  }
  get _result() {
    return this.query._result;
  }
  get callback() {
    return this.query.callback;
  }
  set callback(callback) {
    if (callback) this.query.callback = callback;
  }

  submit(pgConnection: Connection): Error | undefined {
    const connection = pgConnection as ProtocolConnection;
    this.connection = connection;
    this.limits = this.missingLimits();
    connection.stream.cork();
    this.limits?.send(connection);
    const error = this.query.submit(connection) as Error | null | undefined;
    connection.stream.uncork();
    // The limits are under way without the Sync that ends a message: what comes next would get their answer.
    if (error && this.limits) connection.stream.destroy();
    return error ?? undefined;
  }

  handleRowDescription(message: RowDescription): void {
    if (this.limits) this.limits.describe(message);
    else this.query.handleRowDescription(message);
  }

  handleDataRow(message: DataRow): void {
    if (!this.limits) this.query.handleDataRow(message);
  }

  handleCommandComplete(message: Readonly<{ text: string }>, connection: Connection): void {
    if (!this.limits) return this.query.handleCommandComplete(message, connection);
    this.limits.complete(connection as ProtocolConnection, message.text);
    this.limits = null;
  }

  handleError(error: Error, connection: Connection): void {
    if (this.connection) this.limits?.fail(this.connection);
    this.query.handleError(error, connection);
  }

  handleReadyForQuery(connection: Connection): void {
    this.query.handleReadyForQuery(connection);
  }
  handleEmptyQuery(connection: Connection): void {
    this.query.handleEmptyQuery(connection);
  }
  handlePortalSuspended(connection: Connection): void {
    this.query.handlePortalSuspended(connection);
  }
  handleCopyInResponse(connection: Connection): void {
    this.query.handleCopyInResponse(connection);
  }
}
