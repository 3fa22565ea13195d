import { escapeHtml } from '#platform/kernel/values/escape-html.js';

const GAP = /<%([=-])\s*(\w+)\s*%>/g;
/** A font of its own, which our policy would refuse: the page has others to fall back to. */
const FROM_ELSEWHERE = /<link [^>]*href="https?:[^>]*>\s*/g;
const FIRST_SCRIPT = '<script defer';
const OUR_SCRIPT = '<script type="module" src="return-to-sign-in.js"></script>';

/**
 * Bull Board's page from its template, whose gaps are all of that language which it uses.
 * @throws when it is no longer so
 */
export function boardPage(template: string, gaps: Readonly<Record<string, string>>): string {
  const page = template
    .replaceAll(FROM_ELSEWHERE, '')
    .replace(FIRST_SCRIPT, () => OUR_SCRIPT + FIRST_SCRIPT)
    .replaceAll(GAP, (_gap, mode, name: string) => {
      const value = gaps[name];
      if (value === undefined) throw new Error(`The page of Bull Board asks for ${name}, which it does not name.`);
      return mode === '-' ? value : escapeHtml(value);
    });
  if (page.includes('<%') || !page.includes(OUR_SCRIPT)) throw new Error('The page of Bull Board is not as it was.');
  return page;
}
