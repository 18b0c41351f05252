"""The Python counterpart of timing.ts: same measurement, same JSON."""
import json
import time

TICKS_PER_SECOND = 100


def machine_seconds():
    user, nice, system, _, _, irq, softirq, stolen = open("/proc/stat").readline().split()[1:9]
    return sum(map(int, (user, nice, system, irq, softirq, stolen))) / TICKS_PER_SECOND


def peak_megabytes():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def report(step, warmup, steps):
    """`step` returns both losses as floats, when its work is done."""

    def timed():
        start = time.perf_counter()
        losses = step()
        return (time.perf_counter() - start) * 1e3, losses

    first, _ = timed()
    for _ in range(warmup - 1):
        timed()
    machine, own, start = machine_seconds(), time.process_time(), time.perf_counter()
    rounds = [timed() for _ in range(steps)]
    used = time.process_time() - own
    other = max(0.0, machine_seconds() - machine - used) / (time.perf_counter() - start)
    print(
        json.dumps(
            {
                "firstMs": first,
                "stepMs": [ms for ms, _ in rounds],
                "cpuMs": used * 1e3 / steps,
                "peakMegabytes": peak_megabytes(),
                "otherCores": other,
                "losses": rounds[-1][1],
            }
        )
    )
