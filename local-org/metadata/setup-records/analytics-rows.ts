import type { Row } from '../../data/types.ts';
import type { MetadataReader } from '../types.ts';
import { auditOf, text, type RowMaker } from './row-maker.ts';

/** A folder's name for people; of the folder that every org has, the platform says `Public Reports`. */
function folderName(metadata: MetadataReader, type: string, fullName: string, common: string): string {
  const folder = fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')));
  return text(metadata.get(type, folder)?.metadata.name) ?? (folder === 'unfiled$public' ? common : folder);
}

const lastPart = (fullName: string): string => fullName.slice(fullName.lastIndexOf('/') + 1);

export const reportRows: RowMaker = ({ metadata }) =>
  metadata.ofType('Report').map((component): Row => ({
    Id: component.id,
    DeveloperName: lastPart(component.fullName),
    Name: text(component.metadata.name) ?? lastPart(component.fullName),
    Description: text(component.metadata.description),
    FolderName: folderName(metadata, 'ReportFolder', component.fullName, 'Public Reports'),
    Format: text(component.metadata.format),
    IsDeleted: false,
    OwnerId: component.createdById,
    ...auditOf(component),
  }));

export const dashboardRows: RowMaker = ({ metadata }) =>
  metadata.ofType('Dashboard').map((component): Row => ({
    Id: component.id,
    DeveloperName: lastPart(component.fullName),
    Title: text(component.metadata.title) ?? lastPart(component.fullName),
    Description: text(component.metadata.description),
    FolderName: folderName(metadata, 'DashboardFolder', component.fullName, 'Public Dashboards'),
    IsDeleted: false,
    Type: text(component.metadata.dashboardType),
    ...auditOf(component),
  }));
