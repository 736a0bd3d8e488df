/** One line of CSV, without its end: values quoted where they have to be (RFC 4180). */
export const csvLine = (values: readonly string[]): string => values.map(quoted).join(',');

const quoted = (value: string): string =>
  /[",;\t\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** What spreadsheets would carry out as a formula gets a mark before it that makes it text. */
export const plainText = (value: string): string => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);

/** Without that mark. */
export const withoutMark = (value: string): string => value.replace(/^'(?=[=+\-@\t\r])/, '');
