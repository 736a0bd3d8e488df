import { zipSync } from 'fflate';
import { API_VERSION } from './target.ts';
import type { Component } from './scenario.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Folder and suffix of types with a file of their own (Metadata API Developer Guide, "Metadata Types"). */
const FILES: Readonly<Record<string, readonly [folder: string, suffix: string]>> = {
  CustomObject: ['objects', 'object'],
  CustomLabels: ['labels', 'labels'],
  CustomPermission: ['customPermissions', 'customPermission'],
  FlexiPage: ['flexipages', 'flexipage'],
  Flow: ['flows', 'flow'],
  FlowDefinition: ['flowDefinitions', 'flowDefinition'],
  GlobalValueSet: ['globalValueSets', 'globalValueSet'],
  Layout: ['layouts', 'layout'],
  PathAssistant: ['pathAssistants', 'pathAssistant'],
  PermissionSet: ['permissionsets', 'permissionset'],
  StandardValueSet: ['standardValueSets', 'standardValueSet'],
};

/** Element of the object's file for types that are part of an object. */
const OF_OBJECT: Readonly<Record<string, string>> = {
  BusinessProcess: 'businessProcesses',
  CompactLayout: 'compactLayouts',
  CustomField: 'fields',
  FieldSet: 'fieldSets',
  ListView: 'listViews',
  RecordType: 'recordTypes',
  ValidationRule: 'validationRules',
};

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Elements of a value, in its order; a list is the element again and again. */
function elements(value: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(value)
    .flatMap(([name, member]) =>
      Array.isArray(member) ? (member as unknown[]).map((one) => [name, one] as const) : [[name, member] as const],
    )
    .map(([name, member]) =>
      typeof member === 'object' && member !== null
        ? `${indent}<${name}>\n${elements(member as Record<string, unknown>, `${indent}    `)}${indent}</${name}>\n`
        : `${indent}<${name}>${escape(String(member))}</${name}>\n`,
    )
    .join('');
}

export const document = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${body}</${root}>\n`;

/** `package.xml` or a destructive manifest. */
export function manifest(members: Readonly<Record<string, readonly string[]>>): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `    <types>\n${names.map((one) => `        <members>${escape(one)}</members>\n`).join('')}        <name>${name}</name>\n    </types>\n`,
  );
  return document('Package', `${types.join('')}    <version>${API_VERSION}</version>\n`);
}

/** Members by type. */
export function membersOf(components: readonly Pick<Component, 'type' | 'fullName'>[]): Record<string, string[]> {
  const members: Record<string, string[]> = {};
  for (const { type, fullName } of components) (members[type] ??= []).push(fullName);
  return members;
}

/** Files of components in metadata format, by path. Throws for a type it has no folder for. */
export function filesOf(components: readonly Component[]): Record<string, string> {
  const files: Record<string, string> = {};
  const objects = new Map<string, string>();
  const into = (object: string, text: string): void => void objects.set(object, (objects.get(object) ?? '') + text);
  for (const { type, fullName, metadata } of components) {
    const element = OF_OBJECT[type];
    const [folder, suffix] = FILES[type] ?? [];
    if (type === 'CustomObject') into(fullName, elements(metadata, '    '));
    else if (element !== undefined) {
      const dot = fullName.indexOf('.');
      into(fullName.slice(0, dot), elements({ [element]: { fullName: fullName.slice(dot + 1), ...metadata } }, '    '));
    } else if (folder === undefined) throw new Error(`package-files.ts knows no folder for ${type}`);
    else files[`${folder}/${fullName}.${suffix}`] = document(type, elements(metadata, '    '));
  }
  for (const [object, body] of objects) files[`objects/${object}.object`] = document('CustomObject', body);
  return files;
}

/** A zip of text files. */
export const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])), {
    level: 1,
  });
