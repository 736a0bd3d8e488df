import type { Row } from '../../data/types.ts';
import { auditOf, text, type RowMaker } from './row-maker.ts';

/** What flows look up by its name to send a custom notification. DOC object-reference/customnotificationtype. */
export const customNotificationTypeRows: RowMaker = ({ metadata }) =>
  metadata.ofType('CustomNotificationType').map((component): Row => {
    const { customNotifTypeName, masterLabel, description, desktop, mobile, slack } = component.metadata;
    return {
      Id: component.id,
      IsDeleted: false,
      DeveloperName: component.fullName,
      CustomNotifTypeName: text(customNotifTypeName) ?? component.fullName,
      MasterLabel: text(masterLabel) ?? component.fullName,
      Description: text(description),
      Desktop: desktop === true,
      Mobile: mobile === true,
      IsSlack: slack === true,
      Language: 'en_US',
      NamespacePrefix: null,
      ...auditOf(component),
    };
  });
