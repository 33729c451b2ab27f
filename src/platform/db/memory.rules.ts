const megabyte = 1024 * 1024;
const [least, most] = [128, 1024];

/**
 * How much of a database its server keeps at hand (`shared_buffers`), in megabytes: an eighth of what lies on the disk, so that indexes of a base
 * of a million stay in memory and an empty one costs little; never less than 128 MB, nor more than a gigabyte or an eighth of the machine.
 * Both arguments are bytes.
 */
export function buffersFor(onDisk: number, memory: number): number {
  return Math.max(least, Math.min(most, Math.floor(memory / 8 / megabyte), Math.floor(onDisk / 8 / megabyte)));
}
