import { namesOfType } from '../checks/check.ts';
import type { Component } from '../../metadata/component.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { buyingGroupProcesses } from './buying-group.ts';
import { closedWonProcesses } from './closed-won.ts';
import { demandProcesses } from './demand.ts';
import { handshakeProcesses } from './handshakes.ts';
import type { Process } from './process.ts';

/** Every process that the model has and that its components do. A further kind is a file beside these and a line here. */
export const processesOf = (waterfall: Waterfall, components: readonly Component[]): readonly Process[] => {
  const flows = new Set(namesOfType(components, 'Flow'));
  return [buyingGroupProcesses, closedWonProcesses, demandProcesses, handshakeProcesses]
    .flatMap((processes) => processes(waterfall))
    .filter((process) => process.flows.every((flow) => flows.has(flow)));
};
