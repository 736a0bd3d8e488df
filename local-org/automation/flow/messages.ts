/** What the platform says about flows, at deploy and at run time. */

/**
 * `formula_myRule_1 (Formula) - The formula expression is invalid: …` is how a deploy names an element
 * (alexed1/ProcessBuilderConverter, issue 16).
 */
export const elementProblem = (name: string, kind: string, message: string): string => `${name} (${kind}) - ${message}`;
export const invalidFormula = (message: string): string => `The formula expression is invalid: ${message}`;
/** forcedotcom/devops-center-feedback, issue 163. */
export const NOTHING_CONNECTED =
  "field integrity exception: unknown (The flow can't run because nothing is connected to the Start element.)";
/** Ours: what a flow may hold on the platform and the local org does not run. */
export const notRun = (what: string): string => `The local org does not run ${what}.`;

/**
 * SFDO-Community/declarative-lookup-rollup-summaries, issue 1035; several records' faults are joined by `---` there.
 */
export const dmlFault = (
  verb: DmlVerb,
  faults: readonly { readonly statusCode: string; readonly message: string }[],
): string =>
  faults
    .map(
      ({ statusCode, message }) =>
        `This error occurred when the flow tried to ${verb} records: ${statusCode}: ${message}. ` +
        'You can look up ExceptionCode values in the SOAP API Developer Guide.',
    )
    .join('---');
export type DmlVerb = 'create' | 'update' | 'delete' | 'create or update' | 'look up';

/** "The flow failed to access the value for X because it hasn't been set or assigned." (same repository, issue 355). */
export const notSet = (reference: string): string =>
  `The flow failed to access the value for ${reference} because it hasn't been set or assigned.`;

export const UNHANDLED_CODE = 'CANNOT_EXECUTE_FLOW_TRIGGER';
/** restforce/restforce, issue 624 (the text between the marks is the flow's label). */
export const unhandled = (flowLabel: string, detail: string): string =>
  `We can't save this record because the “${flowLabel}” process failed. Give your Salesforce admin these details. ${detail}`;
/** The same issue: what stands for a fault that is not about saving records. */
export const generalFault = (detail: string): string =>
  '<b>An unhandled fault has occurred in this flow</b><br>An unhandled fault has occurred while processing the flow.  ' +
  `Please contact your system administrator for more information. (${detail})`;

/**
 * A custom error is an error of validation ("roll back a change … and inform the user", help: Custom Error Element).
 */
export const CUSTOM_ERROR_CODE = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

/**
 * "Asynchronous paths don't support the ISCHANGED operator, for example in decision elements" (help: Record-Triggered Flow Considerations).
 * Such a flow is deployed; what it says or does when it gets there is unconfirmed.
 */
export const NO_IS_CHANGED_AFTERWARDS = "Asynchronous paths don't support the operator IsChanged.";

/** What ends an interview of a flow below API 57.0 at its 2,001st element. */
export const TOO_MANY_ELEMENTS = 'Number of iterations exceeded';
