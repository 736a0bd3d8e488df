/**
 * Makes readable sentences of every error shape that a Lightning component meets: UI API reads (`body` is an array), UI API
 * writes (`body.output.errors` and `.fieldErrors`), Apex (`body.message`, `pageErrors`), GraphQL, network and JavaScript errors.
 * Shapes: https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html
 */

const UNKNOWN_ERROR = 'Unknown error';

type Shape = Readonly<Record<string, unknown>>;

const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** Messages in the order in which the platform lists them, each once; never empty. */
export function reduceErrors(errors: unknown): string[] {
  const messages = (Array.isArray(errors) ? errors : [errors]).flatMap(messagesOf);
  return messages.length > 0 ? [...new Set(messages)] : [UNKNOWN_ERROR];
}

function messagesOf(error: unknown): string[] {
  if (!isShape(error)) {
    return [text(error)].filter((message) => message !== null);
  }
  const { body } = error;
  if (Array.isArray(body)) {
    return body.flatMap(messagesOf);
  }
  if (isShape(body)) {
    const details = detailsOf(isShape(body.output) ? body.output : body);
    // The message above the details only says that saving failed; the details say why.
    return details.length > 0 ? details : messagesOf({ ...body, body: undefined });
  }
  const message = text(error.message) ?? text(body) ?? text(error.statusText);
  return message === null ? [] : [message];
}

/** Record errors, then field errors with the field's label before the message. */
function detailsOf(output: Shape): string[] {
  const page = [...list(output.errors), ...list(output.pageErrors)].flatMap(messagesOf);
  const fields = isShape(output.fieldErrors) ? Object.entries(output.fieldErrors) : [];
  return [...page, ...fields.flatMap(([field, errors]) => list(errors).flatMap((each) => fieldMessage(field, each)))];
}

function fieldMessage(field: string, error: unknown): string[] {
  const label = (isShape(error) ? text(error.fieldLabel) : null) ?? field;
  return messagesOf(error).map((message) => (message.includes(label) ? message : `${label}: ${message}`));
}
