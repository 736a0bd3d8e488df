import { FormulaEvaluationError } from '../../formula/formula-error.ts';
import { FlowFault } from '../flow-fault.ts';
import type { DataElement, Interview } from '../interview.ts';
import type { StoredConnector } from '../metadata.ts';

interface Described {
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  readonly connector?: StoredConnector | undefined;
  readonly faultConnector?: StoredConnector | undefined;
}

/**
 * A data element out of two steps: `prepare` for each interview by itself (what fails there is that interview's fault),
 * and
 * `perform` for all of them together, which gives back the faults.
 */
export function dataElement<P>(
  element: Described,
  prepare: (interview: Interview) => P,
  perform: (
    prepared: readonly { readonly interview: Interview; readonly input: P }[],
  ) => ReadonlyMap<Interview, string>,
): DataElement {
  const next = element.connector?.targetReference ?? null;
  const faultPath = element.faultConnector?.targetReference ?? null;
  const name = element.name ?? '';
  return {
    kind: 'data',
    name,
    faultPath,
    run(interviews) {
      const prepared: { interview: Interview; input: P }[] = [];
      for (const interview of interviews) {
        try {
          prepared.push({ interview, input: prepare(interview) });
        } catch (error) {
          if (!(error instanceof FlowFault || error instanceof FormulaEvaluationError)) throw error;
          fail(interview, error.message, element.label ?? name, faultPath);
        }
      }
      if (prepared.length === 0) return;
      const faults = perform(prepared);
      for (const { interview } of prepared) {
        const fault = faults.get(interview);
        if (fault === undefined) interview.at = next;
        else fail(interview, fault, element.label ?? name, faultPath);
      }
    },
  };
}

/** Sends an interview down the fault path, or ends it. */
export function fail(interview: Interview, message: string, where: string, faultPath: string | null): void {
  interview.faultMessage = message;
  interview.trace.push(`${where} failed: ${message}`);
  interview.at = faultPath;
  if (faultPath === null) interview.failure = message;
}
