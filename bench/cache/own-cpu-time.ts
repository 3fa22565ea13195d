/** Microseconds of this process's CPU for each of so many times that `work` does it. */
export async function ownCpuTime(times: number, work: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
