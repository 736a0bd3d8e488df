import { createPublicKey, verify } from 'node:crypto';

/** Why an assertion was refused, in words that tell the person who runs the local org what to do. */
export class JwtRefused extends Error {
  override readonly name = 'JwtRefused';
}

const decode = (part: string | undefined): unknown => {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    throw new JwtRefused('invalid assertion: it is not a JSON Web Token');
  }
};

/** The username in a JWT that was signed (RS256) with the key that belongs to `publicKey` and has not expired. */
export function subjectOfJwt(assertion: string, publicKey: string | null, now: Date): string {
  if (publicKey === null) {
    throw new JwtRefused(
      'the local org has no key to check the assertion with: start it with --jwt-public-key <pem file>',
    );
  }
  const [header, payload, signature] = assertion.split('.');
  const { alg } = decode(header) as { alg?: unknown };
  if (alg !== 'RS256') throw new JwtRefused('invalid assertion: the algorithm must be RS256');
  const claims = decode(payload) as { sub?: unknown; exp?: unknown };
  const signed = Buffer.from(`${header ?? ''}.${payload ?? ''}`);
  if (!verify('RSA-SHA256', signed, createPublicKey(publicKey), Buffer.from(signature ?? '', 'base64url'))) {
    throw new JwtRefused('invalid assertion: the signature does not match the key the local org was started with');
  }
  if (typeof claims.exp !== 'number' || claims.exp * 1000 <= now.getTime())
    throw new JwtRefused('expired authorization code');
  if (typeof claims.sub !== 'string') throw new JwtRefused('invalid assertion: no sub');
  return claims.sub;
}
