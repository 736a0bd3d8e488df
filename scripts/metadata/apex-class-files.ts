import type { Component } from './component.ts';
import { MetadataError } from './metadata-error.ts';
import { parseMetadata } from './parse-xml.ts';

const FOLDER = 'classes/';
const CODE = '.cls';
const DESCRIPTION = `${CODE}-meta.xml`;

export const isApexPath = (path: string): boolean => path.startsWith(FOLDER);

/**
 * Apex classes from the files of a zip or of a source folder, by path (`classes/WaterfallLeadConversion.cls` and its `-meta.xml`): the
 * layout is the same in both. Throws MetadataError for a class without its description.
 */
export const apexClassesOf = (texts: ReadonlyMap<string, string>, source: string): readonly Component[] =>
  [...texts]
    .filter(([path]) => isApexPath(path) && path.endsWith(CODE))
    .map(([path, code]) => {
      const file = path.slice(FOLDER.length);
      const description = texts.get(`${path}-meta.xml`);
      if (description === undefined) throw new MetadataError(`${path} has no ${file}-meta.xml beside it`);
      const { fullName: _, ...metadata } = parseMetadata(description, `${FOLDER}${file}-meta.xml`).value;
      return { type: 'ApexClass', fullName: file.slice(0, -CODE.length), metadata, files: { [file]: code }, source };
    });

/** Of a class the description, which the code lies beside. */
export const apexDescriptionPath = (fullName: string): string => `${FOLDER}${fullName}${DESCRIPTION}`;
