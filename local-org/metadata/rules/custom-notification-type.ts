import { checkDeveloperName, checkLength, NAME_LIMITS } from './names.ts';
import type { Rule } from './rule.ts';

/** Metadata API Developer Guide, CustomNotificationType. */
export const NOTIFICATION_NAME_LENGTH = 80;

export const customNotificationTypeRule: Rule = (component, stored) => [
  ...checkDeveloperName('notification type', component.fullName),
  ...checkLength('Notification Name', stored.metadata.customNotifTypeName, NOTIFICATION_NAME_LENGTH),
  ...checkLength('Description', stored.metadata.description, NAME_LIMITS.description),
];
