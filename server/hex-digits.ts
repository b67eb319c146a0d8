/** What each UTF-16 unit is worth as a hexadecimal digit; 255 where it is none. */
export const digitValues = new Uint8Array(2 ** 16).fill(255);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  digitValues[digit.charCodeAt(0)] = value;
  digitValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** Eight hexadecimal digits of a text as a number of 32 bits, much sooner than `parseInt` of a part. */
export function eightDigits(hex: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 8; at++) value = (value << 4) | (digitValues[hex.charCodeAt(at)]! & 15);
  return value >>> 0;
}
