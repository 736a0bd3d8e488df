import type { Component } from '../metadata/component.ts';
import { COMPILED } from './flows/flow-shell.ts';
import { FLOW } from './names.ts';

type Key = Pick<Component, 'type' | 'fullName'>;

/** The flows that other models compile to and these components leave out. */
export const flowsLeftOut = (components: readonly Key[]): readonly Key[] =>
  Object.values(FLOW)
    .filter((name) => !components.some(({ type, fullName }) => type === 'Flow' && fullName === name))
    .map((fullName) => ({ type: 'Flow', fullName }));

/** Our name alone proves nothing: the description of every flow of ours ends by saying that it was compiled. */
export const isCompiledFlow = (description: unknown): boolean =>
  typeof description === 'string' && description.endsWith(COMPILED);
