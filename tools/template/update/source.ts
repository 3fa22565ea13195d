import { join } from 'node:path';
import { askGit, git } from './git.ts';

const RELEASES = ['tag', '--list', 'v*', '--sort=-version:refname'];

/** The template with its history: where versions of it come from. */
export class Source {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param from an address that git can clone, or a folder. @throws Error when there is none */
  static fetch(from: string, into: string): Source {
    const folder = join(into, 'template.git');
    git('.', ['clone', '--quiet', '--bare', from, folder]);
    return new Source(folder);
  }

  /** @returns undefined when the template has no such tag, branch or commit */
  commitOf(name: string): string | undefined {
    const { exitCode, output } = askGit(this.folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
    return exitCode === 0 ? output.trim() : undefined;
  }

  /** The last release, or what is newest where nothing was released. */
  newest(): string {
    return git(this.folder, RELEASES).split('\n')[0] || 'HEAD';
  }

  isBefore(commit: string, later: string): boolean {
    return askGit(this.folder, ['merge-base', '--is-ancestor', commit, later]).exitCode === 0;
  }

  /** Empty where there is no such file. */
  textAt(commit: string, path: string): string {
    return askGit(this.folder, ['show', `${commit}:${path}`]).output;
  }

  checkOut(commit: string, folder: string): void {
    git(this.folder, ['worktree', 'add', '--quiet', '--detach', folder, commit]);
  }
}
