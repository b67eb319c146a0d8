import { crc32, deflateRawSync } from 'node:zlib';

/** A file for a zip; `claimedCrc32` makes the directory lie about it. */
export type ZipFile = { readonly name: string; readonly text: string; readonly claimedCrc32?: number };

/** Makes a zip, deflated, with its directory at the end, as data.police.uk hands them out. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, claimedCrc32 } of files) {
    const packed = deflateRawSync(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(claimedCrc32 ?? crc32(text), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    // an extra field in the local header only: the data begin later than the directory lets one think
    const extra = Buffer.from([0xfe, 0xca, 2, 0, 7, 7]);
    const local = Buffer.from(common);
    local.writeUInt16LE(extra.length, 24);
    const begin = [Buffer.from('PK\x03\x04', 'latin1'), local, Buffer.from(name), extra, packed];
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    const version = Buffer.from([20, 0]);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), version, common, end, Buffer.from(name));
    parts.push(...begin);
    offset += Buffer.concat(begin).length;
  }
  const listed = Buffer.concat(directory);
  const close = Buffer.alloc(22);
  close.write('PK\x05\x06', 'latin1');
  close.writeUInt16LE(files.length, 8);
  close.writeUInt16LE(files.length, 10);
  close.writeUInt32LE(listed.length, 12);
  close.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, close]);
}
