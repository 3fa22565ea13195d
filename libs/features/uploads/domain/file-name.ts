const LONGEST = 200;

/** Separators of paths, control characters, and what turns the direction of writing, by which `gpj.exe` looks like `exe.jpg`. */
const FORBIDDEN = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What some program runs or a browser shows as a page, when it stands before the ending as well: `invoice.php.jpg`. */
const ACTIVE = new Set(
  (
    'asp aspx bat cgi cmd com css dll exe hta htaccess htm html jar js jsp jspx lnk mjs msi mht mhtml php php3 php4 php5 phar phtml pif pl ps1 ' +
    'py rb scr sh shtml svg svgz swf vbs wasm wsf xht xhtml xml xsl'
  ).split(' '),
);

/** Whether somebody may give a file of one of these endings this name: shown to people, it must be no trap for them. */
export function isHarmlessName(name: string, endings: readonly string[]): boolean {
  const [stem = '', ...parts] = name.toLowerCase().split('.');
  const ending = parts.pop() ?? '';
  return (
    name.length <= LONGEST &&
    name.isWellFormed() &&
    name.trim() === name &&
    stem !== '' &&
    !FORBIDDEN.test(name) &&
    endings.includes(ending) &&
    !parts.some((part) => ACTIVE.has(part.trim()))
  );
}
