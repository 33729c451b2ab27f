const yes = /^(1|1\.0|true|t|yes|y|x|on|ja|j|wahr|oui|vrai|si|sí|vero|sim|verdadero|verdadeiro|✓|✔)$/i;
const no = /^(0|0\.0|false|f|no|n|off|nein|falsch|non|faux|falso|não|nao|nee)$/i;

/** What people tick and write for yes and no in seven languages; undefined where it is neither. */
export function readYesNo(text: string): boolean | undefined {
  return yes.test(text) ? true : no.test(text) ? false : undefined;
}
