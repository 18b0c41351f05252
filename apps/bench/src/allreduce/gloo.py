"""All-reduce with PyTorch's gloo between two processes over loopback.

Reads lines "<megabytes> <repetitions>", answers each with one line of JSON: nanoseconds by repetition, of rank 0.
"""

import json
import os
import socket
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as mp

WARMUPS = 2


def measure(rank, megabytes, repetitions):
    values = torch.empty(round(megabytes * 1_000_000 / 4))
    nanoseconds = []
    for repetition in range(-WARMUPS, repetitions):
        values.fill_(rank + 1)
        dist.barrier()
        start = time.perf_counter_ns()
        dist.all_reduce(values)
        taken = time.perf_counter_ns() - start
        if values[0].item() != 3 or values[-1].item() != 3:
            raise RuntimeError("wrong sum")
        if repetition >= 0:
            nanoseconds.append(taken)
    return nanoseconds


def run(rank, port, requests):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), GLOO_SOCKET_IFNAME="lo")
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=2)
    while (request := requests[rank].get()) is not None:
        nanoseconds = measure(rank, *request)
        if rank == 0:
            print(json.dumps(nanoseconds), flush=True)
    dist.destroy_process_group()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    context = mp.get_context("spawn")
    requests = [context.Queue(), context.Queue()]
    ranks = mp.start_processes(run, args=(free_port(), requests), nprocs=2, join=False, start_method="spawn")
    for line in sys.stdin:
        megabytes, repetitions = line.split()
        request = (float(megabytes), int(repetitions))
        for queue in requests:
            queue.put(request)
    for queue in requests:
        queue.put(None)
    while not ranks.join():
        pass
