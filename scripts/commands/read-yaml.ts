import { YAMLParseError, parse } from 'yaml';

/** The value of a YAML text, or what is wrong with it, in one line, and where: `config/mapping/org.yaml:3:1`. */
export function readYaml(
  text: string,
  file: string,
): { readonly value: unknown } | { readonly message: string; readonly place: string } {
  try {
    return { value: parse(text) };
  } catch (error) {
    const at =
      error instanceof YAMLParseError && error.linePos ? `:${error.linePos[0].line}:${error.linePos[0].col}` : '';
    return { message: (error as Error).message.split('\n')[0]!, place: `${file}${at}` };
  }
}
