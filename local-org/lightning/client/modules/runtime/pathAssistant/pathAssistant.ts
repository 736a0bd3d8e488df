import { LightningElement } from 'lwc';

/** In the place of `runtime_sales_pathassistant:pathAssistant`: says what Salesforce shows there. */
export default class PathAssistant extends LightningElement {}
