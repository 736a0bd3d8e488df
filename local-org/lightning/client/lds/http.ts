import { context } from '../context';

/** What Lightning Data Service rejects with: status, and the UI API's error body. */
export class FetchErrorResponse extends Error {
  readonly ok = false;
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;

  constructor(status: number, statusText: string, body: unknown) {
    super(statusText);
    this.status = status;
    this.statusText = statusText;
    this.body = body;
  }
}

/** Calls the UI API with the page's session. Rejects with a FetchErrorResponse, also when the server cannot be reached. */
export async function uiApi<T>(
  method: string,
  path: string,
  body?: unknown,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const headers = body === undefined ? more : { ...more, 'content-type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(`/services/data/v${context().apiVersion}/ui-api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const message = `The org does not answer: ${error instanceof Error ? error.message : String(error)}`;
    throw new FetchErrorResponse(0, 'Network Error', { message });
  }
  const text = await response.text();
  const content: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new FetchErrorResponse(response.status, response.statusText, content);
  return content as T;
}

/** `?a=1&b=2`; lists are joined by commas, what is undefined or empty is left out. */
export function query(parameters: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(parameters)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** `Opportunity.Name` of a field reference or a text. */
export const fieldName = (field: unknown): string =>
  typeof field === 'string'
    ? field
    : `${(field as { objectApiName: string }).objectApiName}.${(field as { fieldApiName: string }).fieldApiName}`;

export const fieldNames = (fields: unknown): string[] =>
  Array.isArray(fields) ? fields.map(fieldName) : fields === undefined || fields === null ? [] : [fieldName(fields)];

export const objectName = (object: unknown): string =>
  typeof object === 'string' ? object : (object as { objectApiName: string }).objectApiName;
