import { PlatformError } from '../../../platform-error.ts';
import { apexStandIn, type ApexParameter } from '../../apex/stand-ins.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import type { FlowSources } from '../flow-scope.ts';
import { notRun } from '../messages.ts';
import type { FlowType } from '../values.ts';
import type { ActionInput, FlowAction } from './action.ts';

/** An Apex action, run by the class's stand-in. Throws a FlowProblem when the class is not there or has none. */
export function apexAction({ schema, metadata }: FlowSources, className: string): FlowAction {
  if (!metadata.get('ApexClass', className)) throw new FlowProblem(`The Apex class ${className} doesn't exist.`);
  const standIn = apexStandIn(className);
  if (!standIn) throw new FlowProblem(`${notRun('Apex')} It has no stand-in for the class ${className}.`);
  const typeOf = ({ type, isList }: ApexParameter): FlowType => {
    const object = typeof type === 'object' ? schema.object(type.record) : null;
    if (object === undefined)
      throw new FlowProblem(`The stand-in for ${className} needs an object that doesn't exist.`);
    const single: FlowType = object ? { kind: 'record', object } : { kind: 'value', type: type as 'Text' };
    return isList === true ? { kind: 'collection', of: single } : single;
  };
  const inputs = Object.entries(standIn.inputs).map(([name, parameter]): [string, ActionInput] => [
    name,
    { types: [typeOf(parameter)], required: parameter.required === true },
  ]);
  return {
    inputs: new Map(inputs),
    outputs: new Map(Object.entries(standIn.outputs).map(([name, parameter]) => [name, typeOf(parameter)])),
    describe: () => `Apex class ${standIn.className}, by its stand-in`,
    perform(tx, requests) {
      try {
        return standIn.invoke(tx, requests, metadata).map((outputs) => ({ outputs }));
      } catch (error) {
        /** An exception of the class is a fault of the element; a limit ends the transaction all the same. */
        if (!(error instanceof PlatformError) || error.code === 'LIMIT_EXCEEDED') throw error;
        throw new FlowFault(`An Apex error occurred: ${error.code}: ${error.message}`);
      }
    },
  };
}
