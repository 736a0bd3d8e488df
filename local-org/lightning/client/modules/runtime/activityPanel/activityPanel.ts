import { LightningElement } from 'lwc';

/** In the place of `runtime_sales_activities:activityPanel`: says what Salesforce shows there. */
export default class ActivityPanel extends LightningElement {}
