const megabyte = 1024 * 1024;
const [least, most] = [128, 512];
const [logLeast, logMost] = [2048, 8192];

/**
 * How much of a database its server keeps at hand (`shared_buffers`), in megabytes: an eighth of what lies on the disk, so that what a
 * growing base is asked most stays in memory and an empty one costs little; never less than 128 MB, nor more than half a gigabyte or an eighth of the
 * machine: what does not fit, the system keeps in what the machine has left.
 * Both arguments are bytes.
 */
export function buffersFor(onDisk: number, memory: number): number {
  return Math.max(least, Math.min(most, Math.floor(memory / 8 / megabyte), Math.floor(onDisk / 8 / megabyte)));
}

/**
 * How much the server logs between two checkpoints (`max_wal_size`), in megabytes. After each, every page that is touched is logged whole once more:
 * to take a large list in, or out again, touches most of the base, so twice what lies on the disk is given. Never less than 2 GB, nor more than 8,
 * since a recovery reads all of it, or an eighth of what is free. Both arguments are bytes.
 */
export function logFor(onDisk: number, free: number): number {
  return Math.max(logLeast, Math.min(logMost, Math.floor(free / 8 / megabyte), Math.floor((2 * onDisk) / megabyte)));
}
