import { FlowProblem } from '../flow-fault.ts';
import { compileText } from '../flow-value.ts';
import type { FlowNames } from '../flow-scope.ts';
import type { LogicElement } from '../interview.ts';
import { CUSTOM_ERROR_CODE } from '../messages.ts';
import type { StoredCustomError } from '../metadata.ts';
import { asText } from '../values.ts';

/** Refuses the save of the triggering record with the flow's own messages (help: Custom Error Element). */
export function compileCustomError(names: FlowNames, element: StoredCustomError): LogicElement {
  const { object } = names;
  if (!object) throw new FlowProblem('Custom errors can be used only in record-triggered flows.');
  const messages = (element.customErrorMessages ?? []).map(({ errorMessage, fieldSelection, isFieldError }) => {
    const field = isFieldError === true ? object.fields.get((fieldSelection ?? '').toLowerCase()) : undefined;
    if (isFieldError === true && !field)
      throw new FlowProblem(`Field ${fieldSelection ?? ''} does not exist. Check spelling.`);
    return { text: compileText(names, errorMessage ?? ''), fields: field ? [field.name] : [] };
  });
  const next = element.connector?.targetReference ?? null;
  return {
    kind: 'logic',
    name: element.name ?? '',
    run(interview) {
      for (const { text, fields } of messages) {
        const message = asText(text.read(interview));
        interview.row.errors.push({ statusCode: CUSTOM_ERROR_CODE, message, fields });
        interview.trace.push(`${element.label ?? element.name}: ${message}`);
      }
      interview.at = next;
    },
  };
}
