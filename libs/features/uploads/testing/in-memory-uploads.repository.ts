import type { Ending, UploadsRepository } from '../application/uploads.repository.js';
import { UploadQuotaExceeded } from '../domain/upload.errors.js';
import type { Upload } from '../domain/upload.js';

export class InMemoryUploadsRepository implements UploadsRepository {
  private readonly rows = new Map<string, Upload>();

  async add(upload: Upload, quotaBytes = Infinity): Promise<void> {
    const others = [...this.rows.values()].filter(
      ({ userId, deletedAt, status }) => userId === upload.userId && deletedAt === null && status !== 'rejected',
    );
    const used = others.reduce((sum, { size }) => sum + size, 0);
    if (used + upload.size > quotaBytes) throw new UploadQuotaExceeded();
    this.rows.set(upload.id, upload);
  }

  async find(id: string): Promise<Upload | null> {
    const upload = this.rows.get(id);
    return upload?.deletedAt === null ? upload : null;
  }

  async beginProcessing(id: string): Promise<boolean> {
    const upload = this.rows.get(id);
    if (upload?.status !== 'pending' || upload.deletedAt !== null) return false;
    this.rows.set(id, { ...upload, status: 'processing' });
    return true;
  }

  async end(id: string, ending: Ending): Promise<void> {
    const upload = this.rows.get(id);
    if (upload?.status === 'processing') this.rows.set(id, { ...upload, ...ending });
  }

  async delete(id: string): Promise<boolean> {
    const upload = await this.find(id);
    if (!upload) return false;
    this.rows.set(id, { ...upload, deletedAt: new Date() });
    return true;
  }
}
