import { unzipSync } from 'fflate';
import { PlatformError } from '../../platform-error.ts';

/** Files of one package, by path below the package's folder; `root` is that folder with its slash, or empty. */
export interface PackageFiles {
  readonly root: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Metadata API Developer Guide, deploy(), "Usage": https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm */
export const ZIP_LIMITS = { files: 10_000, compressedBytes: 39 * 1024 * 1024, uncompressedBytes: 600 * 1024 * 1024 };

const MANIFESTS = /^(package|destructiveChanges(Pre|Post)?)\.xml$/;

/** Unpacks a zip. Throws PlatformError when it is not one or is above the limits. */
export function unpackZip(zip: Uint8Array): ReadonlyMap<string, Uint8Array> {
  if (zip.byteLength > ZIP_LIMITS.compressedBytes) {
    throw new PlatformError(
      'LIMIT_EXCEEDED',
      `Maximum size of request reached. Maximum size of request is ${ZIP_LIMITS.compressedBytes} bytes.`,
    );
  }
  let count = 0;
  let bytes = 0;
  let unpacked: Record<string, Uint8Array>;
  try {
    unpacked = unzipSync(zip, {
      filter(file) {
        if (file.name.endsWith('/')) return false;
        count += 1;
        bytes += file.originalSize;
        if (count > ZIP_LIMITS.files)
          throw new PlatformError('LIMIT_EXCEEDED', `Maximum number of files in a zip is ${ZIP_LIMITS.files}.`);
        if (bytes > ZIP_LIMITS.uncompressedBytes) {
          throw new PlatformError(
            'LIMIT_EXCEEDED',
            `Maximum size of an unzipped package is ${ZIP_LIMITS.uncompressedBytes} bytes.`,
          );
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    throw new PlatformError(
      'INVALID_FILE_BASE64',
      `The zip file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return new Map(
    Object.entries(unpacked).map(([path, content]) => [path.replaceAll('\\', '/').replace(/^\.?\/+/, ''), content]),
  );
}

/**
 * Finds the packages of a deploy: with `singlePackage` the manifest lies at the zip's root, otherwise each top folder is a
 * package. A zip that has its manifest at the other place is read too, as clients send both.
 */
export function packagesOfZip(zip: Uint8Array, singlePackage: boolean): readonly PackageFiles[] {
  const files = unpackZip(zip);
  const rooted = [...files.keys()].some((path) => MANIFESTS.test(path));
  if (rooted) return [{ root: '', files }];
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, content] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) continue;
    const folder = path.slice(0, slash + 1);
    let ofFolder = folders.get(folder);
    if (!ofFolder) folders.set(folder, (ofFolder = new Map<string, Uint8Array>()));
    ofFolder.set(path.slice(slash + 1), content);
  }
  const packages = [...folders]
    .filter(([, content]) => [...content.keys()].some((path) => MANIFESTS.test(path)))
    .map(([root, content]) => ({ root, files: content }));
  if (packages.length > 0) return packages;
  return singlePackage || folders.size === 0
    ? [{ root: '', files }]
    : [...folders].map(([root, content]) => ({ root, files: content }));
}
