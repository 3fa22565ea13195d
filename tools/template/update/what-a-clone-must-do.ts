const TITLE = /^## \[([^\]]+)\]/;
const TO_DO = /^### What a clone must do\n+([^]*?)(?=^##|$(?![^]))/m;

/** Of each version in the changelog of the template that is newer than `since`, the newest first. */
export function whatACloneMustDo(changelog: string, since: string): string[] {
  const sections = changelog.split(/^(?=## \[)/m).filter((section) => TITLE.test(section));
  const known = sections.findIndex((section) => TITLE.exec(section)?.[1] === since);
  return sections
    .slice(0, known === -1 ? undefined : known)
    .flatMap((section) => TO_DO.exec(section)?.[1]?.trim() ?? [])
    .filter((text) => text !== 'Nothing.');
}
