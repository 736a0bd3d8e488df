const CHECK_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three characters that make a case-sensitive 15-character id safe where case is lost. */
function checksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      if (/[A-Z]/.test(id15.charAt(block * 5 + position))) bits |= 1 << position;
    }
    suffix += CHECK_CHARACTERS.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of a 15- or 18-character id; null for what is not an id. */
export function toId18(id: string): string | null {
  if (/^[a-zA-Z0-9]{15}$/.test(id)) return id + checksum(id);
  return /^[a-zA-Z0-9]{18}$/.test(id) ? id : null;
}
