import type { LightningElement } from 'lwc';

/**
 * Components that a page's metadata can name. Filled once by main.ts: tabs hold components that hold tabs, and importing them
 * from each other would be a cycle.
 */
export const registered = new Map<string, typeof LightningElement>();
