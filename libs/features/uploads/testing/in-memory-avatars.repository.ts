import type { AvatarsRepository } from '../application/avatar/avatars.repository.js';

export class InMemoryAvatarsRepository implements AvatarsRepository {
  private readonly byUser = new Map<string, string>();

  async find(userId: string): Promise<string | null> {
    return this.byUser.get(userId) ?? null;
  }

  async put(userId: string, uploadId: string): Promise<void> {
    this.byUser.set(userId, uploadId);
  }

  async remove(userId: string): Promise<void> {
    this.byUser.delete(userId);
  }
}
