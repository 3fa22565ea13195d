/** For whatever somebody else has chosen, such as a name: in a mail or a page it is text, and never a tag or the end of an attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
