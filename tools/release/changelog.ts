/** What CHANGELOG.md says of one version, without its heading. @throws Error when it says nothing */
export function sectionOf(version: string, changelog: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${version}]`));
  const text = section?.slice(section.indexOf('\n')).trim();
  if (!text) throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  if (!/^### What a clone must do$/m.test(text))
    throw new Error(`CHANGELOG.md does not say what a clone must do for ${version}; "Nothing." will do.`);
  return text;
}
