/** Messages of a failed call in one line; see the UI API's error shapes. */
export function messagesOf(error: unknown): string {
  const { body, message } = error as { body?: unknown; message?: string };
  const shapes = Array.isArray(body) ? body : [body];
  const found = shapes.flatMap((shape: unknown) => {
    const { message: text, output } = (shape ?? {}) as {
      message?: string;
      output?: { errors?: { message: string }[]; fieldErrors?: Record<string, { message: string }[]> };
    };
    const details = [...(output?.errors ?? []), ...Object.values(output?.fieldErrors ?? {}).flat()];
    return details.length > 0 ? details.map((detail) => detail.message) : (text ?? []);
  });
  return found.length > 0 ? [...new Set(found)].join(' ') : (message ?? 'Unknown error');
}
