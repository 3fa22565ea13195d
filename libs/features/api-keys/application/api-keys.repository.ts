import type { Page, PageRequest } from '#platform/kernel/values/page.js';
import type { ApiKey } from '../domain/api-key.js';

export abstract class ApiKeysRepository {
  /** Gives the key a secret, and answers with what its holder has to present: the only time that exists. */
  abstract add(key: ApiKey): Promise<string>;

  /** Newest first, revoked and expired ones included until they are forgotten. */
  abstract list(page: PageRequest<string>): Promise<Page<ApiKey>>;

  /** @throws ApiKeyNotFound when there is none, or it was revoked before */
  abstract revoke(id: string, at: Date): Promise<void>;
}
