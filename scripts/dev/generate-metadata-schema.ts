/**
 * Writes scripts/metadata/schema-data.json from the declarations of `@salesforce/types/metadata`: for each root type
 * below and every type it reaches, its elements in the order of the WSDL (inherited ones first, as a retrieve gives
 * them), and the values of its enumerations. Run after an update of `@salesforce/types`: node
 * scripts/dev/generate-metadata-schema.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The types that are compiled, merged, audited or retrieved. */
const ROOTS = [
  ...[
    'BusinessProcess',
    'CompactLayout',
    'CustomApplication',
    'CustomField',
    'CustomLabel',
    'CustomLabels',
    'CustomNotificationType',
    'CustomObject',
  ],
  ...[
    'CustomPermission',
    'CustomTab',
    'DuplicateRule',
    'FieldSet',
    'FlexiPage',
    'Flow',
    'FlowDefinition',
    'FlowSettings',
    'GlobalValueSet',
    'Layout',
  ],
  ...['LeadConfigSettings', 'LeadConvertSettings', 'LightningComponentBundle', 'ListView', 'OpportunitySettings'],
  ...[
    'Package',
    'PathAssistant',
    'PathAssistantSettings',
    'PermissionSet',
    'Profile',
    'Queue',
    'RecordType',
    'StandardValueSet',
  ],
  ...['ValidationRule', 'WebLink'],
];

/** Elements of type xsd:double in metadata.wsdl; the declarations say `number` for int and double alike. */
const DOUBLES = new Set(['apiVersion', 'numberValue']);

const declarations = fileURLToPath(import.meta.resolve('@salesforce/types/metadata')).replace(/\.js$/, '.d.ts');
const file = ts.createSourceFile('metadata.d.ts', readFileSync(declarations, 'utf8'), ts.ScriptTarget.Latest);
const aliases = new Map<string, ts.TypeNode>();
file.forEachChild((node) => {
  if (ts.isTypeAliasDeclaration(node)) aliases.set(node.name.text, node.type);
});

const declared = (name: string): ts.TypeNode => {
  const alias = aliases.get(name);
  if (alias === undefined) throw new Error(`${name} is not declared in @salesforce/types/metadata`);
  return alias;
};

const types: Record<string, Record<string, string>> = {};
const enums: Record<string, string[]> = {};

const literalsOf = (node: ts.TypeNode): string[] | undefined => {
  const members = ts.isUnionTypeNode(node) ? node.types : [node];
  const values = members.flatMap((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
  );
  return values.length === members.length ? values : undefined;
};

const referenceName = (node: ts.TypeNode): string => {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return node.typeName.text;
  throw new Error(`A declaration of an unexpected form: ${ts.SyntaxKind[node.kind]}`);
};

const scalar = (node: ts.TypeNode, element: string): string => {
  if (node.kind === ts.SyntaxKind.StringKeyword) return 'string';
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (node.kind === ts.SyntaxKind.NumberKeyword) return DOUBLES.has(element) ? 'double' : 'number';
  const name = referenceName(node);
  if (name === 'Date') return 'string'; // ISO text: components are JSON
  const alias = declared(name);
  if (alias.kind === ts.SyntaxKind.StringKeyword) return 'string';
  const literals = literalsOf(alias);
  if (literals === undefined) addType(name);
  else enums[name] = literals;
  return name;
};

const elementsOf = (node: ts.TypeNode): Record<string, string> => {
  if (ts.isIntersectionTypeNode(node))
    return Object.assign({}, ...node.types.map(elementsOf)) as Record<string, string>;
  if (!ts.isTypeLiteralNode(node)) return elementsOf(declared(referenceName(node)));
  return Object.fromEntries(
    node.members.filter(ts.isPropertySignature).map((member) => {
      const name = (member.name as ts.Identifier).text;
      const { type } = member;
      if (type === undefined) throw new Error(`${name} has no type`);
      if (ts.isArrayTypeNode(type)) return [name, `${scalar(type.elementType, name)}[]`];
      return [name, scalar(type, name) + (member.questionToken ? '?' : '')];
    }),
  );
};

function addType(name: string): void {
  if (name in types) return;
  types[name] = {}; // taken before its elements are read: types refer to themselves
  Object.assign(types[name], elementsOf(declared(name)));
}

ROOTS.forEach(addType);

const section = (entries: Record<string, unknown>): string =>
  Object.keys(entries)
    .sort()
    .map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(entries[name])}`)
    .join(',\n');
writeFileSync(
  new URL('../metadata/schema-data.json', import.meta.url),
  `{\n  "types": {\n${section(types)}\n  },\n  "enums": {\n${section(enums)}\n  }\n}\n`,
);
console.log(`${Object.keys(types).length} types, ${Object.keys(enums).length} enumerations`);
